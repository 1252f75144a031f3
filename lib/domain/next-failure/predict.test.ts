import { describe, expect, it } from "vitest";
import { keyTo } from "../testing/builders";
import { configured, MAXIMUM, pictureOf } from "../testing/failures";
import { sampleSnapshot } from "../testing/samples";
import { predictFailures } from "./predict";

describe("where less is known", () => {
  it("nobody leads: nothing is called served or lost", () => {
    const all = predictFailures(
      pictureOf((state) => keyTo(state, null, "900")),
      MAXIMUM,
    );
    expect(all.length).toBeGreaterThan(0);
    expect(new Set(all.map(({ writes }) => writes))).toEqual(new Set(["unknown"]));
  });

  it("a blind picture calls nothing served", () => {
    const all = predictFailures(sampleSnapshot("blind"), MAXIMUM);
    expect(all.filter(({ writes }) => writes === "served")).toEqual([]);
  });

  it("a standby cluster has no writes to lose", () => {
    expect(predictFailures(pictureOf(configured({ standby_cluster: { host: "10.1.0.1" } })), MAXIMUM)).toEqual([]);
  });
});
