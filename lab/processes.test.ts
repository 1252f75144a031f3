import { describe, expect, it } from "vitest";
import { classify, type ProcessRow, parseStat, serviceState } from "./processes";

const row = (pid: number, parent: number, comm: string, state = "S"): ProcessRow => ({
  pid,
  parent,
  comm,
  state,
  startTicks: 1,
});

describe("parseStat", () => {
  it("reads a command with spaces and brackets in its name", () => {
    const rest = `S 7 ${"0 ".repeat(17)}4242 0 0`;
    expect(parseStat(`12 (odd) (name) ${rest}`)).toEqual({
      pid: 12,
      parent: 7,
      comm: "odd) (name",
      state: "S",
      startTicks: 4242,
    });
  });

  it("gives null for what is not a stat line", () => {
    expect(parseStat("")).toBeNull();
  });
});

describe("classify", () => {
  const rows = [
    row(1, 0, "tini"),
    row(10, 1, "patroni"),
    row(11, 10, "patronictl"),
    row(20, 1, "postgres"),
    row(21, 20, "postgres"),
    row(22, 20, "pgbackrest"),
    row(30, 1, "keepalived"),
    row(31, 30, "keepalived_vrrp"),
    row(32, 31, "sh"),
    row(40, 0, "psql"),
    row(41, 1, "haproxy", "Z"),
  ];
  const pids = (service: keyof ReturnType<typeof classify>) => classify(rows)[service].map((each) => each.pid);

  it("takes children with their service", () => {
    expect(pids("keepalived")).toEqual([30, 31, 32]);
    expect(pids("postgres")).toEqual([20, 21, 22]);
    expect(pids("patroni")).toEqual([10, 11]);
  });

  it("tells a postmaster that Patroni is still the parent of from Patroni", () => {
    const started = classify([row(10, 1, "patroni"), row(20, 10, "postgres")]);
    expect(started.patroni.map((each) => each.pid)).toEqual([10]);
    expect(started.postgres.map((each) => each.pid)).toEqual([20]);
  });

  it("leaves zombies and strangers out", () => {
    expect(pids("haproxy")).toEqual([]);
    expect(
      Object.values(classify(rows))
        .flat()
        .some((each) => each.comm === "psql"),
    ).toBe(false);
  });
});

describe("serviceState", () => {
  it.each([
    ["no process", [], "stopped"],
    ["first process stopped", [row(1, 0, "etcd", "T")], "frozen"],
    ["only a child stopped", [row(1, 0, "postgres"), row(2, 1, "postgres", "T")], "running"],
    ["busy", [row(1, 0, "etcd", "R")], "running"],
  ] as const)("%s", (_, rows, expected) => {
    expect(serviceState(rows)).toBe(expected);
  });
});
