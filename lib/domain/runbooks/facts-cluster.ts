import { isInForce } from "../alerts/silences";
import { valueAt } from "../configuration/path";
import { isProduction } from "../fleet";
import type { Snapshot } from "../snapshot";
import { type ClusterFact, countOf, type FactValue, known, maybe, NOT_KNOWN, within } from "./fact";
import { isRunning, isStreaming, lagBytesOf, lagTimeOf } from "./facts-member";
import { answers, dcsAnswers, nowOf, replicasOf, seesDcs } from "./facts-sight";

/** Facts of the cluster as a whole: leadership, members, DCS, configuration, and what we do with it. Only what is fresh counts. */

export const flag = (read: (picture: Snapshot) => FactValue): ClusterFact => ({
  type: "boolean",
  argument: null,
  read,
});
export const number = (unit: "count" | "bytes" | "ms", read: (picture: Snapshot) => FactValue): ClusterFact => ({
  type: "number",
  unit,
  argument: null,
  read,
});
export const word = (values: readonly string[], read: (picture: Snapshot) => FactValue): ClusterFact => ({
  type: "text",
  values,
  argument: null,
  read,
});
export const member = (read: (picture: Snapshot) => FactValue): ClusterFact => ({
  type: "member",
  none: true,
  argument: null,
  read,
});

const VERDICTS = ["ok", "degraded", "broken", "split"] as const;
const CODES = [
  "ok",
  "agree-partly",
  "no-leader",
  "handover",
  "promoting",
  "leader-not-writable",
  "leader-unreachable",
  "misrouted",
  "pool-empty",
  "vip-elsewhere",
  "vip-nowhere",
  "client-cut-off",
  "split-brain",
  "paused-no-leader",
] as const;

export const LEADERSHIP_FACTS: Readonly<Record<string, ClusterFact>> = {
  leader: member((picture) => (seesDcs(picture) ? known(picture.leader?.name ?? null) : NOT_KNOWN)),
  leaderFor: number("ms", ({ leader, at }) =>
    leader?.since ? known(Math.max(0, Date.parse(at) - Date.parse(leader.since))) : NOT_KNOWN,
  ),
  writer: member(({ writePath: { state, writer } }) => (state === "unknown" ? NOT_KNOWN : known(writer))),
  verdict: word(VERDICTS, ({ writePath: { state } }) => (state === "unknown" ? NOT_KNOWN : known(state))),
  verdictCode: word(CODES, ({ writePath: { state, code } }) => (state === "unknown" ? NOT_KNOWN : known(code))),
  paused: flag(({ paused }) => maybe(paused)),
  handover: flag((picture) => (seesDcs(picture) ? known(picture.handover !== null) : NOT_KNOWN)),
  scheduled: flag((picture) => (seesDcs(picture) ? known(picture.scheduled.length > 0) : NOT_KNOWN)),
};

export const MEMBERS_FACTS: Readonly<Record<string, ClusterFact>> = {
  members: number("count", (picture) =>
    within(picture.members.length, seesDcs(picture) ? picture.members.length : null),
  ),
  membersPresent: number("count", (picture) =>
    seesDcs(picture) ? known(picture.members.filter(({ presence }) => presence === "present").length) : NOT_KNOWN,
  ),
  membersReachable: number("count", (picture) =>
    countOf(picture.members, ({ name }) => answers(picture, `patroni:${name}`), seesDcs(picture)),
  ),
  membersRunning: number("count", (picture) => countOf(picture.members, isRunning, seesDcs(picture))),
  replicas: number("count", (picture) => maybe(replicasOf(picture)?.length ?? null)),
  replicasStreaming: number("count", (picture) => {
    const replicas = replicasOf(picture);
    return replicas === null ? NOT_KNOWN : countOf(replicas, isStreaming, true);
  }),
  syncStandbys: number("count", (picture) =>
    countOf(
      picture.members,
      ({ role, roleTrust }) =>
        roleTrust === "fresh" && role !== "unknown" ? known(/^(sync|quorum)-standby$/.test(role)) : NOT_KNOWN,
      seesDcs(picture),
    ),
  ),
  worstLagBytes: number("bytes", (picture) => worstOf(picture, lagBytesOf)),
  worstLagTime: number("ms", (picture) => worstOf(picture, lagTimeOf)),
  pendingRestarts: number("count", (picture) =>
    seesDcs(picture) ? known(picture.members.filter(({ pendingRestart }) => pendingRestart).length) : NOT_KNOWN,
  ),
};

export const DCS_FACTS: Readonly<Record<string, ClusterFact>> = {
  dcsReadable: flag(dcsAnswers),
  // That it refused us for want of a quorum counts for as long as any refusal does.
  dcsQuorum: flag((picture) => {
    const { hasQuorum, members } = picture.dcs;
    const seen = members.some(({ trust }) => trust === "fresh") || dcsAnswers(picture).known;
    return seen ? maybe(hasQuorum) : NOT_KNOWN;
  }),
  dcsMembers: number("count", ({ dcs: { members } }) => (members.length === 0 ? NOT_KNOWN : known(members.length))),
  dcsMembersUp: number("count", (picture) =>
    picture.dcs.members.length === 0
      ? NOT_KNOWN
      : countOf(picture.dcs.members, ({ endpoint }) => answers(picture, `dcs-member:${endpoint}`), true),
  ),
};

export const CONFIGURATION_FACTS: Readonly<Record<string, ClusterFact>> = {
  synchronousMode: word(["off", "on", "quorum"], (picture) => {
    const mode = configuredAt(picture, "synchronous_mode");
    if (!mode.known) return NOT_KNOWN;
    return known(mode.value === "quorum" ? "quorum" : /^(true|on|yes|1)$/i.test(String(mode.value)) ? "on" : "off");
  }),
  configured: { type: "text", values: null, none: true, argument: "path", read: configuredAt },
};

export const OWN_FACTS: Readonly<Record<string, ClusterFact>> = {
  operationRunning: flag(({ actions }) =>
    actions === null ? NOT_KNOWN : known(actions.operations.some(({ state }) => state === "running")),
  ),
  maintenance: flag((picture) => {
    const silences = picture.attention?.silences;
    if (!silences) return NOT_KNOWN;
    return known(silences.some((one) => one.kind === "maintenance" && isInForce(one, nowOf(picture))));
  }),
  production: flag(({ environment }) => known(isProduction(environment))),
};

function configuredAt(picture: Snapshot, path: string): FactValue {
  if (!picture.configuration || !seesDcs(picture)) return NOT_KNOWN;
  const value = valueAt(picture.configuration.value, path);
  if (value === null) return known(null);
  return known(typeof value === "object" ? JSON.stringify(value) : String(value));
}

/** The largest over all replicas; one that is not known leaves at least the largest of the others. Without replicas there is none. */
function worstOf(picture: Snapshot, of: (replica: Snapshot["members"][number]) => FactValue): FactValue {
  const values = (replicasOf(picture) ?? []).map(of);
  const seen = values.flatMap((value) => (value.known && typeof value.value === "number" ? [value.value] : []));
  if (seen.length === 0) return NOT_KNOWN;
  const worst = Math.max(...seen);
  return within(worst, seen.length === values.length ? worst : null);
}
