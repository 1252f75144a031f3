import { cleanup, screen, within } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { FakeEventSource, renderLive } from "@/lib/client/testing/render-live";
import { csvName, dataTable, toCsv } from "./data-table";
import { FiguresTable } from "./figures-table";
import { answerOf, line, WINDOW } from "./testing/answers";

vi.stubGlobal("EventSource", FakeEventSource);
afterEach(cleanup);

const table = () =>
  dataTable(
    [answerOf("replay-lag-bytes", [line("node2", [[0, 512, 2048], null]), line("node3", [7, 8])])],
    ({ subject }) => subject,
  );

describe("the figures of a chart", () => {
  it("go into a file with ISO times, raw units and empty holes", () => {
    const [head, first, second] = toCsv(table()).split("\r\n");
    expect(head).toBe(
      "time (UTC),node2 min (bytes),node2 mean (bytes),node2 max (bytes),node3 min (bytes),node3 mean (bytes),node3 max (bytes)",
    );
    expect(first).toBe(`${new Date(WINDOW.from + 1_000).toISOString()},0,512,2048,7,7,7`);
    expect(second).toBe(`${new Date(WINDOW.from + 3_000).toISOString()},,,,8,8,8`);
  });

  it.each([
    ['a"b,c', '"a""b,c min (bytes)"'],
    ["=cmd()", "'=cmd() min (bytes)"],
    ["@sum", "'@sum min (bytes)"],
  ])("keep the name %s harmless", (name, expected) => {
    const csv = toCsv(dataTable([answerOf("replay-lag-bytes", [line(name, [1])])], ({ subject }) => subject));
    expect(csv.split("\r\n")[0]?.split(/,(?! ?c)/)[1]).toBe(expected);
  });

  it.each(["en", "ru"] as const)("stand on the page as in the file, holes said in words (%s)", (locale) => {
    const { columns, rows } = table();
    renderLive(<FiguresTable caption="Lag" table={table()} />, locale);
    const lines = within(screen.getByRole("table")).getAllByRole("row").slice(1).toReversed();
    expect(lines).toHaveLength(rows.length);
    lines.forEach((row, index) => {
      const shown = within(row)
        .getAllByRole("cell")
        .map((cell) => cell.getAttribute("data-value"));
      expect(shown).toEqual(rows[index]?.values.map((value) => (value === null ? null : String(value))));
    });
    expect(screen.getAllByRole("columnheader")).toHaveLength(columns.length + 1);
    expect(screen.getAllByText(locale === "en" ? "not observed" : "нет наблюдений")).toHaveLength(3);
  });

  it("come in a file whose name any system takes", () => {
    expect(csvName("erp/1", "replay-lag-bytes", 0, 60_000)).toBe(
      "erp-1_replay-lag-bytes_19700101T000000Z_19700101T000100Z.csv",
    );
  });
});
