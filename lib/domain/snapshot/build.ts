import { viewBackups } from "../backups/build";
import { viewClientEye } from "../client-eye/view";
import type { ClusterState } from "../cluster-state";
import { viewConfiguration } from "../configuration/view";
import { freshOf, gatherEvidence, lastOf } from "../evidence/evidence";
import { deriveFindings } from "../findings/derive";
import type { FindingPicture } from "../findings/rule";
import { type EpochMs, instant } from "../ids";
import type { Message } from "../message";
import type { Snapshot } from "../snapshot";
import { pendingHandover } from "../verdict/pending";
import { writableMembers } from "../verdict/ruling";
import { writePath } from "../verdict/write-path";
import { viewArchiving } from "../vitals/archiving";
import { gatherClaims } from "../witness/claims";
import { backupContext } from "./backup-context";
import { viewDcs } from "./dcs";
import { viewHaproxy } from "./haproxy";
import { viewLeader } from "./leader";
import { viewMembers } from "./members";
import { viewPgbouncer } from "./pgbouncer";
import { viewScheduled } from "./scheduled";
import { share } from "./share";
import { viewSources } from "./sources";
import { viewVip } from "./vip";

/**
 * The picture of a cluster at `now`, from everything that is remembered of it. `previous` must be the picture built
 * before this one, published or not: it carries since when things are so, and lends its unchanged parts. `english`
 * renders the sentence for readers of the bare JSON. Takes time in proportion to the number of members.
 */
export function buildSnapshot(
  state: ClusterState,
  previous: Snapshot | null,
  now: EpochMs,
  english: (text: Message) => string,
): Omit<Snapshot, "version"> {
  const evidence = gatherEvidence(state, previous, now);
  const { spec } = state;
  const haproxy = viewHaproxy(evidence);
  const pgbouncer = viewPgbouncer(evidence);
  const vip = viewVip(evidence, previous);
  const clientEye = viewClientEye(state, now);
  const claims = gatherClaims(evidence, haproxy, pgbouncer, vip, clientEye);
  const writers = writableMembers(evidence);
  const path = writePath({ evidence, haproxy, pgbouncer, vip, clientEye, claims, writers, previous }, english);
  const members = viewMembers(evidence, { haproxy, pgbouncer, vip });
  const dcs = viewDcs(evidence, state, previous);
  const sources = viewSources(state, now);
  const view = lastOf(evidence.dcs);
  const archiving = viewArchiving(evidence, state.vitals, previous?.archiving ?? null, now);
  const backups = viewBackups(
    state,
    previous?.backups ?? null,
    backupContext(evidence, view?.systemId ?? null, archiving),
  );
  const picture: FindingPicture = {
    scope: spec.scope,
    title: spec.title,
    environment: spec.environment,
    at: instant(now),
    writePath: path,
    leader: viewLeader(evidence),
    members,
    dcs,
    vip,
    clientEye,
    haproxy,
    pgbouncer,
    paused: freshOf(evidence.dcs)?.pause ?? null,
    systemId: view?.systemId ?? null,
    scheduled: viewScheduled(evidence),
    handover: pendingHandover(evidence),
    history: view?.history ?? [],
    configuration: viewConfiguration(evidence, previous),
    backups,
    archiving,
    sources,
    store: state.store,
    actions: state.actions,
    attention: state.attention,
  };
  const found = deriveFindings({ now, evidence, state, picture, limits: spec.findings }, previous);
  const next: Omit<Snapshot, "version"> = { ...picture, ...found };
  return previous ? shareSections(previous, next) : next;
}

function shareSections(previous: Snapshot, next: Omit<Snapshot, "version">): Omit<Snapshot, "version"> {
  const shared = Object.entries(next).map(([key, value]) => [key, share(previous[key as keyof Snapshot], value)]);
  return Object.fromEntries(shared) as Omit<Snapshot, "version">;
}
