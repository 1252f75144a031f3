import { describe, expect, it } from "vitest";
import { instant } from "@/lib/domain/ids";
import { alertOf, findingOf, silenceOf } from "@/lib/domain/testing/findings";
import { SAMPLE_NOW } from "@/lib/domain/testing/samples";
import { groupOf, maintenanceNow, mergedSilences, openAlerts, standingOf } from "./groups";

const MINUTE = 60_000;
const at = (ms: number) => instant(SAMPLE_NOW + ms);
const acknowledged = { by: "anna", at: at(0), note: "on it" };

describe("open alerts", () => {
  it("are kept quiet before they are somebody's, and somebody's before they are nobody's", () => {
    const alert = alertOf(findingOf("lag:node2"));
    expect(groupOf(alert)).toBe("firing");
    expect(groupOf({ ...alert, acknowledged })).toBe("acknowledged");
    expect(groupOf({ ...alert, acknowledged, silencedBy: "s1" })).toBe("silenced");
  });

  it("come worst first, then the newest; those within their hold time and those that are over are none", () => {
    const one = (
      id: string,
      severity: "critical" | "warn",
      startedAt: number,
      state: "firing" | "pending" = "firing",
    ) => alertOf(findingOf(id, { severity, since: at(startedAt) }), { state });
    const all = [
      one("a", "warn", -2),
      one("b", "warn", -1_000),
      one("c", "critical", -9_000),
      one("d", "critical", 0, "pending"),
    ];
    const resolved = alertOf(findingOf("e"), { state: "resolved" });
    expect(openAlerts([...all, resolved]).map(({ findingId }) => findingId)).toEqual(["c", "a", "b"]);
  });
});

describe("silences and windows", () => {
  it("are listed once, though each cluster's board has them, the soonest to end first", () => {
    const everywhere = silenceOf("all", { scope: null, until: at(10 * MINUTE) });
    const here = silenceOf("here", { until: at(MINUTE) });
    expect(mergedSilences([[everywhere, here], [everywhere]]).map(({ id }) => id)).toEqual(["here", "all"]);
  });

  it("are in force from their beginning to their end, and not once somebody ended them", () => {
    const window = silenceOf("w", { from: at(0), until: at(MINUTE) });
    expect(standingOf(window, SAMPLE_NOW - 1)).toBe("to-come");
    expect(standingOf(window, SAMPLE_NOW)).toBe("in-force");
    expect(standingOf(window, SAMPLE_NOW + MINUTE)).toBe("over");
    expect(standingOf({ ...window, ended: { at: at(5), by: "anna" } }, SAMPLE_NOW + 10)).toBe("over");
  });

  it("tell of maintenance by the window that ends last, and of none by a silence", () => {
    const short = silenceOf("short", { kind: "maintenance", until: at(MINUTE) });
    const long = silenceOf("long", { kind: "maintenance", until: at(9 * MINUTE) });
    expect(maintenanceNow([short, long, silenceOf("quiet")], SAMPLE_NOW)?.id).toBe("long");
    expect(maintenanceNow([silenceOf("quiet")], SAMPLE_NOW)).toBeNull();
    expect(maintenanceNow([short], SAMPLE_NOW + 2 * MINUTE)).toBeNull();
  });
});
