import { expect, it } from "vitest";
import type { Pool, PoolServer } from "../facts";
import { poolServer } from "../testing/facts";
import { receivingServers } from "./haproxy";

const pool = (...servers: PoolServer[]): Pool => ({ name: "w", status: "up", servers, sessions: 0, queue: 0 });
const cases: readonly (readonly [string, readonly PoolServer[], readonly string[]])[] = [
  ["an up server", [poolServer("a", true), poolServer("b", false)], ["a"]],
  ["an unchecked server, blindly", [poolServer("a", false, { status: "no-check" })], ["a"]],
  ["a server on its way down, still", [poolServer("a", true, { status: "going-down" })], ["a"]],
  [
    "no draining, maintained or weightless one",
    [
      poolServer("a", true, { status: "drain" }),
      poolServer("b", true, { status: "maint" }),
      poolServer("c", true, { weight: 0 }),
    ],
    [],
  ],
  ["no backup while another is up", [poolServer("a", true), poolServer("b", true, { backup: true })], ["a"]],
  [
    "the first backup alone when nothing else is up",
    [poolServer("a", false), poolServer("b", true, { backup: true }), poolServer("c", true, { backup: true })],
    ["b"],
  ],
];
it.each(cases)("new sessions go to %s", (_name, servers, expected) => {
  expect(receivingServers(pool(...servers)).map((s) => s.name)).toEqual(expected);
});
