import { describe, expect, it } from "vitest";
import { styleAt } from "./line-style";
import { highestAt, plotData, pointAt } from "./plot-data";
import { layerOf, stackRows, stackTop } from "./stack";
import { answerOf, line, STEP_MS, times, WINDOW } from "./testing/answers";

const look = ({ subject, detail }: { subject: string; detail: string }) => ({
  label: detail || subject,
  style: styleAt(0),
});
const plotted = (lines: Parameters<typeof answerOf>[1], now = WINDOW.to) => {
  const answer = answerOf("replay-lag-bytes", lines);
  return plotData(answer, answer.lines, look, WINDOW, now);
};
const at = (index: number) => WINDOW.from + (index + 0.5) * STEP_MS;

describe("what a chart is drawn from", () => {
  it("breaks a line where nothing was observed, and nowhere else", () => {
    const { lines } = plotted([line("node2", [...times(10, 5), ...times(8, null), ...times(12, 7)])]);
    expect(lines[0]?.stretches.map(({ points }) => points.length)).toEqual([10, 12]);
  });

  it("knows a hole of all from a hole of one", () => {
    const full = line("node2", times(30, 1));
    const broken = line("node3", [...times(10, 5), ...times(10, null), ...times(10, 7)]);
    expect(plotted([full, broken]).holes).toEqual([]);
    expect(plotted([broken]).holes).toEqual([{ from: at(9) + STEP_MS / 2, to: at(20) - STEP_MS / 2 }]);
  });

  it("shows a history that is shorter than the range as a hole at its left", () => {
    expect(plotted([line("node2", [...times(20, null), ...times(10, 1)])]).holes).toEqual([
      { from: WINDOW.from, to: at(20) - STEP_MS / 2 },
    ]);
  });

  it("says that the source fell silent, but not that the future is missing", () => {
    const silent = line("node2", times(10, 1));
    expect(plotted([silent]).holes).toEqual([{ from: at(9) + STEP_MS / 2, to: WINDOW.to }]);
    expect(plotted([silent], at(10)).holes).toEqual([]);
  });

  it("is nothing but a hole when nothing was observed at all", () => {
    expect(plotted([]).holes).toEqual([WINDOW]);
    expect(plotted([]).highest).toBeNull();
  });

  it("keeps a spike that a mean would hide", () => {
    const { highest, banded } = plotted([line("node2", [1, [0, 3, 900], 1])]);
    expect([highest, banded]).toEqual([900, true]);
  });

  it("leaves out the lowest of many lines beside the pointer, and never a higher one for a lower one", () => {
    const data = plotted([3, 1, null, 9, 5].map((figure, i) => line(`node${i}`, times(30, figure))));
    const names = (most: number) => highestAt(data, at(3), most).map(({ line: { label } }) => label);
    expect(names(9)).toHaveLength(data.lines.length);
    expect(names(2)).toEqual(["node3", "node4"]);
    expect(names(3)).toEqual(["node0", "node3", "node4"]);
  });

  it("reads the nearest point under the crosshair, and none in a hole", () => {
    const [only] = plotted([line("node2", [...times(10, 5), ...times(8, null), ...times(12, 7)])]).lines;
    if (!only) throw new Error("no line");
    expect(pointAt(only, at(3) + 900)?.at).toBe(at(3));
    expect(pointAt(only, at(13))).toBeNull();
    expect(pointAt(only, WINDOW.to)?.max).toBe(7);
  });
});

describe("a stack", () => {
  it("adds up what is observed, and is broken where nothing is", () => {
    const { lines } = plotted([line("n", [1, 1, null, 1], "active"), line("n", [[2, 3, 4], 2, null, 2], "idle")]);
    const rows = stackRows(lines);
    expect(stackTop(rows)).toBe(5);
    expect(layerOf(rows, 1).map((run) => run.map(({ low, high }) => [low, high]))).toEqual([
      [
        [1, 5],
        [1, 3],
      ],
      [[1, 3]],
    ]);
  });

  it("of nothing has no height, which is another thing than 0", () => {
    expect(stackTop(stackRows([]))).toBeNull();
  });
});
