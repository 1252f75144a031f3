import { describe, expect, test } from "vitest";
import { settingDifferences } from "./settings";

const of = (member: string, values: Readonly<Record<string, string | null>>) => ({
  member,
  facts: {
    serverVersion: 170_002,
    settings: Object.entries(values).map(([name, value]) => ({
      name,
      value,
      unit: name === "work_mem" ? "kB" : null,
      source: "configuration file",
      pendingRestart: false,
    })),
  },
});
const names = (...members: ReturnType<typeof of>[]) => settingDifferences(members).differences.map(({ name }) => name);

describe("settings that differ between members", () => {
  test("none where all are equal, where there is one member, and where there is none", () => {
    expect(names(of("a", { work_mem: "4" }), of("b", { work_mem: "4" }))).toEqual([]);
    expect(names(of("a", { work_mem: "4" }))).toEqual([]);
    expect(settingDifferences([])).toEqual({ differences: [], left: [] });
  });

  test("each with all values, and those marked that differ from the first", () => {
    const { differences } = settingDifferences([
      of("a", { work_mem: "4" }),
      of("b", { work_mem: "8" }),
      of("c", { work_mem: "4" }),
    ]);
    expect(differences).toMatchObject([
      { name: "work_mem", unit: "kB", values: [{ differs: false }, { value: "8", differs: true }, { differs: false }] },
    ]);
  });

  test("a setting that one member does not have differs from an empty one", () => {
    const { differences } = settingDifferences([of("a", { "x.y": "" }), of("b", {})]);
    expect(differences[0]?.values).toMatchObject([
      { value: "", source: "configuration file" },
      { value: null, source: null },
    ]);
  });

  test("what must differ is left out, and told by name", () => {
    const members = [
      of("a", { primary_conninfo: "", in_hot_standby: "off", shared_buffers: "1" }),
      of("b", { primary_conninfo: "host=a", in_hot_standby: "on", shared_buffers: "2" }),
    ];
    expect(names(...members)).toEqual(["shared_buffers"]);
    expect(settingDifferences(members).left).toEqual(["in_hot_standby", "primary_conninfo"]);
  });
});
