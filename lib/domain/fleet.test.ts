import { describe, expect, it } from "vitest";
import { summarise, worstFirst } from "./fleet";
import { sampleSnapshot } from "./testing/samples";

describe("the fleet", () => {
  it("puts the worst first, and production before others at equal rank", () => {
    const list = [
      summarise(sampleSnapshot("healthy", { title: "a ok", environment: "test" })),
      summarise(sampleSnapshot("vip-elsewhere", { title: "b degraded" })),
      summarise(sampleSnapshot("healthy", { title: "c ok" })),
      summarise(sampleSnapshot("blind", { title: "d unknown" })),
      summarise(sampleSnapshot("no-leader", { title: "e broken", environment: "test" })),
      summarise(sampleSnapshot("no-leader", { title: "f broken" })),
      summarise(sampleSnapshot("split", { title: "g split", environment: null })),
    ];
    const titles = ["g split", "f broken", "e broken", "d unknown", "b degraded", "c ok", "a ok"];
    expect(worstFirst(list).map((c) => c.title)).toEqual(titles);
    expect(worstFirst([...list].reverse()).map((c) => c.title)).toEqual(titles);
  });

  it("counts what it shows, and leaves unknown lag unknown", () => {
    expect(summarise(sampleSnapshot("healthy"))).toMatchObject({
      writer: "node1",
      leader: "node1",
      timeline: 7,
      members: { total: 3, missing: 0, running: 3 },
      replayLagBytesMax: 8192,
      staleSources: 0,
    });
    const blind = summarise(sampleSnapshot("blind"));
    expect(blind).toMatchObject({ writer: null, leader: null, replayLagBytesMax: null, members: { running: 0 } });
    expect(blind.staleSources).toBeGreaterThan(10);
    expect(summarise(sampleSnapshot("replica-cut-off")).members).toMatchObject({ missing: 1, running: 2 });
  });
});
