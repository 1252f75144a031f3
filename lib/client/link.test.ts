import { describe, expect, it } from "vitest";
import { initialLink, isSilent, type LinkEvent, type LinkPhase, linkAfter, retryDelay } from "./link";

const START = 1_000_000;
const run = (events: readonly LinkEvent[]) => events.reduce(linkAfter, initialLink(START));

describe("the connection's state", () => {
  const cases: readonly { name: string; events: readonly LinkEvent[]; phase: LinkPhase }[] = [
    { name: "waits before the first frame", events: [{ type: "opening" }], phase: "connecting" },
    { name: "is live from the first frame on", events: [{ type: "frame", at: START }], phase: "live" },
    {
      name: "stays live while frames come within the silence",
      events: [
        { type: "frame", at: START },
        { type: "tick", at: START + 10_000 },
      ],
      phase: "live",
    },
    {
      name: "is silent past ten seconds without a frame",
      events: [
        { type: "frame", at: START },
        { type: "tick", at: START + 10_001 },
      ],
      phase: "silent",
    },
    {
      name: "is live again with the next frame",
      events: [
        { type: "frame", at: START },
        { type: "tick", at: START + 11_000 },
        { type: "frame", at: START + 12_000 },
      ],
      phase: "live",
    },
    {
      name: "is disconnected when the server does not answer",
      events: [
        { type: "frame", at: START },
        { type: "failed", status: null },
      ],
      phase: "disconnected",
    },
    { name: "is disconnected on 503", events: [{ type: "failed", status: 503 }], phase: "disconnected" },
    {
      name: "does not pretend to be connecting afresh after a failure",
      events: [{ type: "failed", status: 503 }, { type: "opening" }],
      phase: "disconnected",
    },
    { name: "is signed out on 401", events: [{ type: "failed", status: 401 }], phase: "unauthorized" },
    {
      name: "stays signed out whatever comes late",
      events: [
        { type: "failed", status: 401 },
        { type: "frame", at: START },
      ],
      phase: "unauthorized",
    },
  ];
  it.each(cases)("$name", ({ events, phase }) => {
    expect(run(events).phase).toBe(phase);
  });

  it("keeps the time of the last sign of life through failures, so that silence is still noticed", () => {
    const link = run([{ type: "frame", at: START }, { type: "failed", status: null }, { type: "opening" }]);
    expect(link.heardAt).toBe(START);
    expect(isSilent(link, START + 10_001)).toBe(true);
  });

  it("backs off up to a limit and never below half a second", () => {
    expect([1, 2, 3, 4, 5, 50].map(retryDelay)).toEqual([500, 1_000, 2_000, 2_000, 2_000, 2_000]);
    expect(retryDelay(0)).toBe(500);
  });
});
