import type { ClusterState } from "../../cluster-state";
import type { HistoryEntry } from "../../facts";
import { type EpochMs, instant, type Lsn, memberName } from "../../ids";
import { answer, haproxyFacts, keyTo, patchDcs, patchPatroni, patchPostgres, vipOn } from "../../testing/builders";
import { dcsMember, LEADER_LSN, patroniStatus, postgresFacts } from "../../testing/facts";

/** What a change of leader looks like from outside, one part of it at a time. */

type Change = (state: ClusterState, at: EpochMs) => ClusterState;
const indexOf = (state: ClusterState, name: string) => state.roster.findIndex((one) => one.name === name);

export const all =
  (...changes: readonly Change[]): Change =>
  (state, at) =>
    changes.reduce((one, change) => change(one, at), state);

/** The failover key is written. */
export const asked =
  (leader: string | null, candidate: string | null): Change =>
  (state, at) =>
    patchDcs(
      state,
      {
        failover: {
          leader: leader === null ? null : memberName(leader),
          candidate: candidate === null ? null : memberName(candidate),
          scheduledAt: null,
          modRevision: "900",
        },
      },
      at,
    );
export const askedNoMore: Change = (state, at) => patchDcs(state, { failover: null }, at);

/** It no longer takes writes, and says so. */
export const demoted =
  (name: string): Change =>
  (state, at) => {
    const stopping = patchPatroni(state, name, { state: "stopping", role: "demoted" }, at);
    return patchPostgres(stopping, name, { inRecovery: true, senders: [] }, at);
  };

export const keyGone: Change = (state, at) => keyTo(state, null, "0", at);
export const keyAt =
  (name: string, revision = "950"): Change =>
  (state, at) =>
    keyTo(state, name, revision, at);

/** It takes writes on that timeline, and Patroni wrote its history. */
export const promoted =
  (name: string, timeline = 8, fork: Lsn = LEADER_LSN): Change =>
  (state, at) => {
    const index = indexOf(state, name);
    const status = patroniStatus(name, index, true, { scope: state.spec.scope, timeline });
    const served = answer(state, "patroni", name, status, at);
    const facts = { timeline, receiver: null };
    const written = state.spec.postgres
      ? answer(served, "postgres", name, postgresFacts(index, true, facts), at)
      : served;
    const entry: HistoryEntry = {
      timeline: timeline - 1,
      lsn: fork,
      reason: "no recovery target specified",
      at: instant(at),
      newLeader: memberName(name),
    };
    const view = state.dcs.good?.value;
    const members = (view?.members ?? []).map((one, i) =>
      one.name === name ? dcsMember(name, i, true, { timeline }) : one,
    );
    return patchDcs(written, { failover: null, members, history: [...(view?.history ?? []), entry] }, at);
  };

/** It follows that leader on that timeline. */
export const following =
  (name: string, timeline = 8): Change =>
  (state, at) => {
    const index = indexOf(state, name);
    const status = patroniStatus(name, index, false, { scope: state.spec.scope, timeline });
    const told = answer(state, "patroni", name, status, at);
    const receiver = {
      status: "streaming",
      senderHost: null,
      senderPort: null,
      slotName: null,
      receivedTimeline: timeline,
      latestEndLsn: null,
      lastMessageAgeSeconds: 0,
    };
    const facts = postgresFacts(index, false, { timeline, receiver });
    return state.spec.postgres ? answer(told, "postgres", name, facts, at) : told;
  };

/** HAProxy everywhere and the VIP lead to it. */
export const routed =
  (name: string): Change =>
  (state, at) => {
    const names = state.roster.map((one) => one.name as string);
    const nodes = state.spec.haproxy?.nodes ?? [];
    const pooled = nodes.reduce((one, node) => answer(one, "haproxy", node, haproxyFacts(names, [name]), at), state);
    return vipOn(pooled, name, at);
  };

/** All of it but the change of the key, at once. */
export const settled =
  (name: string, others: readonly string[], timeline = 8): Change =>
  (state, at) =>
    all(promoted(name, timeline), routed(name), ...others.map((one) => following(one, timeline)))(state, at);
