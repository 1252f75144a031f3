import { describe, expect, test } from "vitest";
import { holderOf, lockKeyOf, viewOf } from "./lock-key";

const HOLDER = {
  operationId: "01",
  action: "switchover",
  actor: "anna",
  dashboard: "desk",
  at: "2026-11-21T00:00:00Z",
};
const kv = (key: string, value: string, revision: string, lease = "0") => ({
  response_range: { kvs: [{ key: Buffer.from(key), value: Buffer.from(value), mod_revision: revision, lease }] },
});

describe("the lock's key", () => {
  test("is of our own prefix, one a scope", () => {
    expect(lockKeyOf("postgres-cluster")).toBe("/matriarch/postgres-cluster/lock");
  });

  test.each(["", "{}", "node1", "[1]", '{"operationId":1}', JSON.stringify({ ...HOLDER, actor: null })])(
    "that carries %j is held all the same, by we do not know whom",
    (value) => {
      expect(holderOf(value)).toMatchObject({ operationId: "unknown", actor: "unknown" });
    },
  );

  test("names its holder, and nothing else that may stand there", () => {
    expect(holderOf(JSON.stringify({ ...HOLDER, password: "x" }))).toEqual(HOLDER);
  });

  test("absent and present keys are told apart; revisions and leases stay text", () => {
    const empty = { response_range: { kvs: [] } };
    expect(viewOf([empty, empty])).toEqual({ lock: null, leader: null });
    expect(
      viewOf([
        kv("/matriarch/x/lock", JSON.stringify(HOLDER), "9007199254740993", "77"),
        kv("/db/x/leader", "pg1", "5"),
      ]),
    ).toEqual({
      lock: { holder: HOLDER, modRevision: "9007199254740993", lease: "77" },
      leader: { name: "pg1", modRevision: "5" },
    });
  });
});
