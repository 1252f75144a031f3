import { describe, expect, it } from "vitest";
import type { Alert, AttentionBoard, Silence } from "@/lib/domain/alerts/types";
import { instant } from "@/lib/domain/ids";
import { ALERTS_AT, alertFinding, DEMO } from "@/lib/domain/testing/alert-pictures";
import { alarmAfter } from "./alarm";

const critical = (id: string) => alertFinding(id, ALERTS_AT, { severity: "critical" });
const board = (over: Partial<AttentionBoard>): AttentionBoard => ({
  alerts: [],
  silences: [],
  failingNotifiers: [],
  inMemory: false,
  ...over,
});
const picture = (findings: ReturnType<typeof critical>[], attention: AttentionBoard | null = null) => ({
  findings,
  attention,
});

const maintenance: Silence = {
  id: "w",
  kind: "maintenance",
  scope: DEMO,
  match: { rule: null, subject: null, severity: null },
  owner: "petrov",
  reason: "kernel",
  from: instant(ALERTS_AT - 1_000),
  until: instant(ALERTS_AT + 60_000),
  ended: null,
};
const silenced = { findingId: "a", silencedBy: "s" } as Alert;

describe("the wall's alarm", () => {
  it("is silent about what was there when it began to look", () => {
    expect(alarmAfter(null, picture([critical("a")]), ALERTS_AT).sound).toBe(false);
  });

  it("sounds once for what is new, and again when it comes again", () => {
    const first = alarmAfter(new Set(), picture([critical("a")]), ALERTS_AT);
    expect(first.sound).toBe(true);
    const second = alarmAfter(first.known, picture([critical("a")]), ALERTS_AT);
    expect(second.sound).toBe(false);
    const gone = alarmAfter(second.known, picture([]), ALERTS_AT);
    expect(gone.sound).toBe(false);
    expect(alarmAfter(gone.known, picture([critical("a")]), ALERTS_AT).sound).toBe(true);
  });

  it("does not sound for less than critical", () => {
    expect(alarmAfter(new Set(), picture([alertFinding("a", ALERTS_AT)]), ALERTS_AT).sound).toBe(false);
  });

  it("keeps quiet about what people silenced, and while they work on the cluster", () => {
    const quiet = picture([critical("a")], board({ alerts: [silenced] }));
    expect(alarmAfter(new Set(), quiet, ALERTS_AT).sound).toBe(false);
    const worked = picture([critical("a")], board({ silences: [maintenance] }));
    expect(alarmAfter(new Set(), worked, ALERTS_AT).sound).toBe(false);
    expect(alarmAfter(new Set(), worked, ALERTS_AT + 61_000).sound).toBe(true);
  });
});
