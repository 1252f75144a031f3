import { describe, expect, it, vi } from "vitest";
import { createCrosshair } from "./crosshair";

function runAll(waiting: (() => void)[]): void {
  for (const run of waiting.splice(0)) run();
}

function made() {
  const frames: (() => void)[] = [];
  const whiles: (() => void)[] = [];
  const crosshair = createCrosshair(
    (run) => frames.push(run),
    (run) => whiles.push(run),
  );
  return {
    crosshair,
    frame: () => runAll(frames),
    later: () => runAll(whiles),
  };
}

describe("the crosshair of a page", () => {
  it("moves once a frame, to where the pointer was last", () => {
    const { crosshair, frame } = made();
    const told = vi.fn();
    crosshair.subscribe(told);
    for (const at of [1, 2, 3]) crosshair.set(at);
    expect([crosshair.get(), told.mock.calls.length]).toEqual([null, 0]);
    frame();
    expect([crosshair.get(), told.mock.calls.length]).toEqual([3, 1]);
  });

  it("tells the figures beside the charts later, once, and where it stands by then", () => {
    const { crosshair, frame, later } = made();
    const seen: (number | null)[] = [];
    crosshair.subscribeCalmly(() => seen.push(crosshair.get()));
    for (const at of [1, 2, null, 4]) {
      crosshair.set(at);
      frame();
    }
    expect(seen).toEqual([]);
    later();
    expect(seen).toEqual([4]);
  });

  it("tells every figure in the end, and nobody who has left", async () => {
    const { crosshair, frame, later } = made();
    const told = Array.from({ length: 60 }, () => vi.fn());
    const leave = told.map((listener) => crosshair.subscribeCalmly(listener));
    crosshair.set(1);
    frame();
    leave[59]?.();
    later();
    await vi.waitFor(() => expect(told.filter((listener) => listener.mock.calls.length === 1)).toHaveLength(59));
    expect(told[59]).not.toHaveBeenCalled();
  });
});
