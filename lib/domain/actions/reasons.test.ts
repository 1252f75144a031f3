import { describe, expect, it } from "vitest";
import type { HistoryEntry } from "../facts";
import { instant, memberName } from "../ids";
import { message } from "../message";
import { NOW } from "../testing/builders";
import { EXAMPLE_REQUESTS, operationView } from "../testing/operations";
import type { OperationView } from "./operation";
import { reasonOfHistory } from "./reasons";

const entry = (over: Partial<HistoryEntry> = {}): HistoryEntry => ({
  timeline: 7,
  lsn: null,
  reason: "no recovery target specified",
  at: instant(NOW + 4_000),
  newLeader: memberName("node2"),
  ...over,
});
const { switchover, failover, reload, restart } = EXAMPLE_REQUESTS;
const ended = { state: "done", endedAt: instant(NOW + 8_000) } as const;
const one = operationView({ id: "a", request: switchover, ...ended });

describe("an entry of Patroni's history is explained", () => {
  const cases: readonly [string, HistoryEntry, readonly OperationView[], string | null][] = [
    ["by the switchover that ran then", entry(), [one], "a"],
    ["by one that runs still", entry(), [operationView({ id: "a", request: switchover })], "a"],
    ["by nothing: it has no time", entry({ at: null }), [one], null],
    ["by nothing: it happened long before", entry({ at: instant(NOW - 60_000) }), [one], null],
    ["by nothing: it happened long after", entry({ at: instant(NOW + 60_000) }), [one], null],
    ["by nothing: it was refused", entry(), [{ ...one, state: "refused" }], null],
    ["by nothing: it failed, so somebody else did it", entry(), [{ ...one, state: "failed" }], null],
    [
      "by nothing: it waits for approval",
      entry(),
      [operationView({ request: failover, state: "awaiting-approval", startedAt: null })],
      null,
    ],
    ["by nothing: a reload moves no leader", entry(), [operationView({ request: reload, ...ended })], null],
    [
      "by a restart of the leader that led to a failover",
      entry(),
      [operationView({ id: "r", request: restart, ...ended })],
      "r",
    ],
    [
      "by nothing: its outcome names another leader",
      entry(),
      [
        {
          ...one,
          outcome: {
            code: "other-leader",
            text: message("outcome.other-leader", { leader: "node3", candidate: "node2" }),
            reasons: [],
          },
        },
      ],
      null,
    ],
    [
      "by the one that asked for that member, of two",
      entry(),
      [operationView({ id: "r", request: restart, ...ended, startedAt: instant(NOW + 1_000) }), one],
      "a",
    ],
    [
      "by a scheduled one only from its time on",
      entry(),
      [
        operationView({
          id: "s",
          request: { ...switchover, scheduledAt: instant(NOW + 3_600_000) },
          state: "scheduled",
        }),
      ],
      null,
    ],
    [
      "by a scheduled one at its time",
      entry({ at: instant(NOW + 3_602_000) }),
      [
        operationView({
          id: "s",
          request: { ...switchover, scheduledAt: instant(NOW + 3_600_000) },
          state: "scheduled",
          deadlineAt: instant(NOW + 4_000_000),
        }),
      ],
      "s",
    ],
  ];
  it.each(cases)("%s", (_name, history, operations, id) => {
    expect(reasonOfHistory(history, operations)?.id ?? null).toBe(id);
  });
});
