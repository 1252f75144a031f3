import { describe, expect, it } from "vitest";
import { asIs, behind, chain, configured, etcdDown, foretold, paused, pictureOf } from "../testing/failures";
import { foretell } from "./foretell";
import { partsOf } from "./parts";

describe("the parts of a prediction", () => {
  it("name who would lead, also where it is one of several", () => {
    expect(partsOf(foretold(behind("node2", 4096), {}, "host node1")).leaders).toBe("node3");
    expect(partsOf(foretold(asIs, {}, "host node1")).leaders).toMatch(/node2.*node3/);
    expect(partsOf(foretold(paused, {}, "host node1")).leaders).toBeNull();
  });

  it("tell what is lost, and that it is not known where it is not", () => {
    expect(partsOf(foretold(asIs, {}, "host node1")).loss).toBe("zero");
    expect(partsOf(foretold(chain(behind("node2", 9), behind("node3", 9)), {}, "host node1")).loss).toBe("some");
    expect(partsOf(foretold(asIs, { postgres: false, names: ["a", "b"] }, "patroni a")).loss).toBe("unknown");
    expect(partsOf(foretold(asIs, {}, "host node3")).loss).toBe("none");
  });

  it("tell of the majority and of the VIP where the failure touches them", () => {
    const leaders = partsOf(foretold(behind("node2", 1), {}, "host node1"));
    expect(leaders.quorum).toEqual({ kind: "kept", left: 2, voters: 3 });
    expect(leaders.vip).toEqual({ kind: "moves", to: "node3" });
    expect(partsOf(foretold(asIs, {}, "host node1")).vip.kind).toBe("one-of");
    expect(partsOf(foretold(etcdDown(2), {}, "host node1")).quorum).toEqual({ kind: "lost", left: 1, voters: 3 });
    expect(partsOf(foretold(asIs, {}, "postgres node2"))).toMatchObject({
      quorum: { kind: "untold" },
      vip: { kind: "untold" },
    });
  });
});

describe("what is foretold of a picture", () => {
  it("begins with what stops writes", () => {
    const writes = foretell(pictureOf()).map((one) => one.writes);
    expect(writes).toEqual(
      writes.toSorted((a, b) => "lost unknown served".indexOf(a) - "lost unknown served".indexOf(b)),
    );
    expect(writes[0]).toBe("lost");
  });

  it("goes by the limit of lag that the configuration sets", () => {
    const lagging = chain(behind("node2", 5_000_000), behind("node3", 5_000_000));
    const ofLeader = (change: typeof lagging) =>
      foretell(pictureOf(change)).find(({ layer, subject }) => `${layer} ${subject}` === "host node1");
    expect(ofLeader(lagging)?.writes).toBe("lost");
    expect(ofLeader(chain(configured({ maximum_lag_on_failover: 50_000_000 }), lagging))?.writes).toBe("served");
  });
});
