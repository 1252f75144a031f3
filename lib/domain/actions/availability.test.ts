import { describe, expect, it } from "vitest";
import type { ClusterState } from "../cluster-state";
import { instant, memberName } from "../ids";
import { buildSnapshot } from "../snapshot/build";
import {
  answer,
  type ClusterOptions,
  failing,
  healthyState,
  keyTo,
  NOW,
  patchDcs,
  patchPatroni,
} from "../testing/builders";
import { NO_TAGS } from "../testing/facts";
import { agedDcs, asIs } from "../testing/judge";
import { EXAMPLE_REQUESTS, operationView } from "../testing/operations";
import { bareText } from "../testing/samples";
import { type ActionAsk, availability } from "./availability";
import { ACTION_KINDS, type ActionKind } from "./request";

const [one, two] = [memberName("node1"), memberName("node2")];
const BOARD = { operations: [], pause: null };
type Change = (state: ClusterState) => ClusterState;

function why(ask: ActionAsk, change: Change = asIs, options: ClusterOptions = {}): string {
  const state = change({ ...healthyState(options), actions: BOARD });
  const answered = availability(ask, buildSnapshot(state, null, NOW, bareText));
  return answered.enabled ? "enabled" : answered.reason.key.replace("available.", "");
}

const paused: Change = (s) => patchDcs(s, { pause: true });
const later = instant(NOW + 60_000);
const planned: Change = (s) =>
  patchDcs(s, { failover: { leader: one, candidate: two, scheduledAt: later, modRevision: "9" } });
const asked: Change = (s) =>
  patchDcs(s, { failover: { leader: one, candidate: two, scheduledAt: null, modRevision: "9" } });
const keyed =
  (over: object): Change =>
  (s) =>
    patchDcs(s, {
      members: (s.dcs.good?.value.members ?? []).map((m) => (m.name === "node2" ? { ...m, ...over } : m)),
    });
const busy: Change = (s) => ({
  ...s,
  actions: { ...BOARD, operations: [operationView({ request: { action: "resume" } })] },
});

/** What makes the example of each kind sensible on a healthy cluster. */
const SENSIBLE: Partial<Record<ActionKind, Change>> = {
  "switchover-cancel": planned,
  "restart-cancel": keyed({ scheduledRestart: later }),
  resume: paused,
  "pgbouncer-resume": (s) =>
    answer(s, "pgbouncer", "node1", (was) => ({
      ...was,
      databases: was.databases.map((d) => ({ ...d, paused: true })),
    })),
};

describe.each(ACTION_KINDS)("%s", (kind) => {
  const sensible = SENSIBLE[kind] ?? asIs;
  it("is offered where it makes sense", () => expect(why(EXAMPLE_REQUESTS[kind], sensible)).toBe("enabled"));
  it("is not while another operation runs, which is named", () =>
    expect(why(EXAMPLE_REQUESTS[kind], (s) => busy(sensible(s)))).toBe("busy"));
  it("is not where nothing can be done from here", () =>
    expect(why(EXAMPLE_REQUESTS[kind], (s) => ({ ...sensible(s), actions: null }))).toBe("not-from-here"));
});

describe("a reason is told", () => {
  const switchover = EXAMPLE_REQUESTS.switchover;
  const restart = EXAMPLE_REQUESTS.restart;
  it.each<[string, ActionAsk, Change, string]>([
    ["no leader", switchover, (s) => keyTo(s, null, "9"), "no-leader"],
    ["the DCS is stale", switchover, (s) => agedDcs(s, 60_000), "dcs-unseen"],
    ["the candidate leads", { action: "switchover", candidate: one }, asIs, "is-leader"],
    ["the candidate is none", { action: "failover", candidate: memberName("nobody") }, asIs, "no-member"],
    ["the candidate must not lead", switchover, keyed({ tags: { ...NO_TAGS, nofailover: true } }), "nofailover"],
    ["the candidate does not run", switchover, (s) => patchPatroni(s, "node2", { state: "stopped" }), "not-running"],
    [
      "the candidate's Patroni is silent",
      switchover,
      (s) => failing(s, "patroni", "node2", "refused"),
      "patroni-silent",
    ],
    ["a handover runs", switchover, asked, "handover"],
    ["one is scheduled", switchover, planned, "switchover-scheduled"],
    ["paused, no candidate", { action: "switchover", candidate: null }, paused, "paused-candidate"],
    ["paused, scheduled", { ...switchover, scheduledAt: later }, paused, "paused-schedule"],
    ["nothing to cancel", { action: "switchover-cancel" }, asIs, "nothing-scheduled"],
    ["the leader cannot be made anew", { action: "reinitialize", member: one }, asIs, "is-leader"],
    ["nothing pending on it", { ...restart, onlyPending: true }, asIs, "nothing-pending"],
    ["nothing pending anywhere", { action: "restart", member: null, onlyPending: true }, asIs, "nothing-pending"],
    ["a second schedule", { ...restart, scheduledAt: later }, keyed({ scheduledRestart: later }), "restart-scheduled"],
    ["no schedule to cancel", EXAMPLE_REQUESTS["restart-cancel"], asIs, "no-restart-scheduled"],
    ["paused already", { action: "pause" }, paused, "already-paused"],
    ["not paused", { action: "resume" }, asIs, "not-paused"],
    [
      "PostgreSQL is silent",
      EXAMPLE_REQUESTS["backend-cancel"],
      (s) => failing(s, "postgres", "node1", "refused"),
      "postgres-silent",
    ],
    ["no such server", { action: "haproxy-server", pool: "x", server: "y" }, asIs, "no-server"],
    ["PgBouncer is not paused", EXAMPLE_REQUESTS["pgbouncer-resume"], asIs, "pgbouncer-not-paused"],
    [
      "PgBouncer is silent",
      EXAMPLE_REQUESTS["pgbouncer-pause"],
      (s) => failing(s, "pgbouncer", "node1", "refused"),
      "pgbouncer-silent",
    ],
  ])("%s", (_, ask, change, reason) => expect(why(ask, change)).toBe(reason));

  it.each<[string, ActionAsk, ClusterOptions, string]>([
    ["a cluster of one", { action: "switchover", candidate: null }, { names: ["solo"] }, "no-replica"],
    ["no HAProxy", EXAMPLE_REQUESTS["haproxy-server"], { haproxy: false }, "no-haproxy"],
    ["no PgBouncer", EXAMPLE_REQUESTS["pgbouncer-pause"], { pgbouncer: false }, "no-pgbouncer"],
    ["no PostgreSQL", EXAMPLE_REQUESTS["backend-terminate"], { postgres: false }, "no-postgres"],
  ])("%s", (_, ask, options, reason) => expect(why(ask, asIs, options)).toBe(reason));

  it("is not made up where the dialog still has to ask", () => {
    expect(why({ action: "switchover" }, paused)).toBe("enabled");
    expect(why({ action: "haproxy-server" })).toBe("enabled");
  });
});
