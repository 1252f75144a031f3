import { describe, expect, test } from "vitest";
import type { ClusterState } from "../../../cluster-state";
import { fail, remember } from "../../../observation";
import { answer, failing, healthyState, NOW, patchPostgres } from "../../../testing/builders";
import { deriveFindings } from "../../derive";
import type { FindingRule } from "../../rule";
import { blinded, find, readings, says, vitals } from "../../testing/server";
import { inputOf } from "../../testing/staleness";
import { blockedChain } from "./blocked-chain";
import { connectionsExhausted } from "./connections-exhausted";
import { connectionsNearLimit } from "./connections-near-limit";
import { idleInTransaction } from "./idle-in-transaction";
import { longTransaction } from "./long-transaction";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const session = (seconds: number, over = {}) => ({ pid: 7311, user: "erp", application: "1CV83", seconds, ...over });
const connected = (connections: number | null, name = "node1") => patchPostgres(healthyState(), name, { connections });

// 500, of which 3 are reserved.
const CASES: readonly (readonly [what: string, rule: FindingRule, state: ClusterState, says: readonly string[]])[] = [
  ["79 % of the connections", connectionsNearLimit, connected(395), []],
  ["80 % of those that clients may have", connectionsNearLimit, connected(398), ["warn node1"]],
  ["95 %", connectionsNearLimit, connected(475), ["critical node1"]],
  ["a replica's connections", connectionsNearLimit, connected(480, "node3"), ["critical node3"]],
  ["connections that may not be counted", connectionsNearLimit, connected(null), []],
  [
    "connections that were last counted before the server went silent",
    connectionsNearLimit,
    failing(connected(490), "postgres", "node1", "refused"),
    [],
  ],
  ["a transaction of 29 minutes", longTransaction, vitals({ longestTransaction: session(29 * MINUTE) }), []],
  ["one of 30", longTransaction, vitals({ longestTransaction: session(30 * MINUTE) }), ["warn node1"]],
  ["one of four hours", longTransaction, vitals({ longestTransaction: session(4 * HOUR) }), ["critical node1"]],
  ["one on a replica", longTransaction, vitals({ longestTransaction: session(HOUR) }, "node2"), ["warn node2"]],
  ["idle for nine minutes", idleInTransaction, vitals({ longestIdleInTransaction: session(9 * MINUTE) }), []],
  ["idle for ten", idleInTransaction, vitals({ longestIdleInTransaction: session(10 * MINUTE) }), ["warn node1"]],
  ["a wait of 59 s", blockedChain, vitals({ lockWaits: { sessions: 4, longestSeconds: 59 } }), []],
  ["a wait of a minute", blockedChain, vitals({ lockWaits: { sessions: 4, longestSeconds: 60 } }), ["warn node1"]],
];

describe("sessions", () => {
  test.each(CASES)("%s", (_what, rule, state, expected) => {
    expect(says(rule, state)).toEqual(expected);
  });

  test.each(CASES.filter(([, , , expected]) => expected.length > 0))(
    "%s: nothing once the facts are stale or missing",
    (_what, rule, state) => {
      for (const blind of blinded(state)) expect(says(rule, blind)).toEqual([]);
    },
  );

  test.each(CASES.filter(([, , , expected]) => expected.length > 0))("%s: reads well", (_what, rule, state) => {
    for (const draft of find(rule, state)) for (const text of readings(rule, draft)) expect(text).not.toMatch(/[{}]/);
  });

  test("who it is, never what it runs; a nameless client is named by its user and pid", () => {
    const named = find(longTransaction, vitals({ longestTransaction: session(HOUR) }))[0];
    const nameless = find(longTransaction, vitals({ longestTransaction: session(5 * HOUR, { application: "" }) }))[0];
    expect(named && readings(longTransaction, named)[0]).toBe(
      "node1: a transaction has been open for 60 minutes (1CV83, user erp, pid 7311)",
    );
    expect(nameless && readings(longTransaction, nameless)[0]).toBe(
      "node1: a transaction has been open for 5 hours (user erp, pid 7311)",
    );
  });

  test("a few connections more or less are the same text", () => {
    const texts = [476, 478, 480, 489].map((count) => find(connectionsNearLimit, connected(count))[0]?.text);
    expect(new Set(texts.map((text) => JSON.stringify(text))).size).toBe(1);
  });

  test("one session that idles in a long transaction is one finding with the other beneath, another session's is not", () => {
    const under = (pid: number) => {
      const over = { longestTransaction: session(HOUR), longestIdleInTransaction: session(50 * MINUTE, { pid }) };
      const input = inputOf(vitals(over), null, NOW);
      const { findings } = deriveFindings(input, null, [idleInTransaction, longTransaction]);
      return findings.map((one) => `${one.id} under ${one.under}`);
    };
    expect(under(7311)).toContain("long-transaction:node1 under idle-in-transaction:node1");
    expect(under(9)).toContain("long-transaction:node1 under null");
  });
});

describe("connections-exhausted", () => {
  const refused = (text: string, at = NOW) => {
    const state = healthyState();
    const look = state.postgres.node1;
    if (!look) throw new Error("node1 is looked at");
    const seen = {
      source: look.source,
      target: "node1",
      observedAt: at,
      tookMs: 3,
      result: fail("failed", text),
    } as const;
    return { ...state, postgres: { ...state.postgres, node1: remember(look, seen as never) } };
  };
  const FULL = "failed: too many connections: извините, уже слишком много клиентов";

  test("our own login is refused for want of connections, in whatever language", () => {
    expect(says(connectionsExhausted, refused(FULL))).toEqual(["critical node1"]);
    const [draft] = find(connectionsExhausted, refused(FULL));
    for (const text of draft ? readings(connectionsExhausted, draft) : [""]) expect(text).not.toMatch(/[{}]|^$/);
  });

  test.each([
    ["another failure", refused("failed: disk full")],
    ["a server that takes us", healthyState()],
    ["one that took us again", answer(refused(FULL), "postgres", "node1", (was) => was, NOW + 1)],
    ["a refusal of long ago", refused(FULL, NOW)],
  ])("%s: nothing", (what, state) => {
    expect(says(connectionsExhausted, state, what === "a refusal of long ago" ? NOW + 10_000 : NOW + 2)).toEqual([]);
  });
});
