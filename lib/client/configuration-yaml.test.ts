import { describe, expect, it } from "vitest";
import { readYaml, writeYaml } from "./configuration-yaml";

const LAB = {
  ttl: 30,
  synchronous_mode: false,
  postgresql: {
    use_pg_rewind: true,
    parameters: {
      wal_level: "replica",
      hot_standby: "on",
      max_connections: 100,
      "auto_explain.log_min_duration": "5s",
    },
    pg_hba: ["local all all peer", "host replication replicator 10.0.0.0/24 scram-sha-256"],
  },
  slots: {},
  standby: null,
};

describe("what was written is read back as it was", () => {
  it.each([
    ["a whole configuration", LAB],
    ["words that YAML takes for others", { a: "on", b: "yes", c: "12:30", d: "0x10", e: "~", f: "null", g: "1e3" }],
    ["texts with signs in them", { a: "a: b", b: "# no comment", c: "'quoted'", d: "*", e: "{", f: "line\nline" }],
    ["long rules stay in one line", { pg_hba: [`host all all ${"x".repeat(300)} md5`] }],
    ["nothing", {}],
  ])("%s", (_name, value) => {
    expect(readYaml(writeYaml(value))).toMatchObject({ value, problems: [] });
  });

  it("and words mean what they mean to patronictl", () => {
    expect(readYaml("synchronous_mode: on\nfailsafe_mode: no\n").value).toEqual({
      synchronous_mode: true,
      failsafe_mode: false,
    });
  });
});

describe("a mistake names its line and what was expected", () => {
  it.each([
    ["a bracket that is not closed", "ttl: 30\npg_hba: [a, b\n", 3],
    ["a key twice", "ttl: 30\nloop_wait: 10\nttl: 20\n", 3],
    ["a tab", "postgresql:\n\tuse_slots: true\n", 2],
    ["a colon too many", "ttl: 30\nname: a: b\n", 2],
    ["a list instead of settings", "- ttl\n", 1],
    ["a single word", "ttl\n", 1],
    ["a date, for which JSON has no word", "ttl: 30\nslots:\n  a: 2026-11-21\n", 3],
    ["a number that is none", "ttl: 30\nloop_wait: .inf\n", 2],
  ])("%s", (_name, text, line) => {
    const { value, problems } = readYaml(text);
    expect(value).toBeNull();
    expect(problems[0]?.line).toBe(line);
    expect(problems[0]?.text.key).toMatch(/^configurationPage\.yaml\./);
  });

  it("a text that would grow without end is refused", () => {
    const bomb = ["a: &a [x,x,x,x,x,x,x,x,x,x]"];
    for (const [name, of] of [
      ["b", "a"],
      ["c", "b"],
      ["d", "c"],
      ["e", "d"],
      ["f", "e"],
    ])
      bomb.push(`${name}: &${name} [${Array(10).fill(`*${of}`).join(",")}]`);
    expect(readYaml(bomb.join("\n")).value).toBeNull();
  });
});

describe("the line of a setting", () => {
  const read = readYaml("ttl: 30\npostgresql:\n  parameters:\n    a.b: 1\n    c: 2\n");
  it.each([
    [["ttl"], 1],
    [["postgresql", "parameters", "a.b"], 4],
    [["postgresql", "parameters", "c"], 5],
    [["postgresql", "parameters", "gone"], 3],
    [["nowhere"], 1],
  ])("%s", (keys, line) => expect(read.lineOf(keys)).toBe(line));
});
