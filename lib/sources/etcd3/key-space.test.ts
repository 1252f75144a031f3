import { describe, expect, test } from "vitest";
import { applyEvents, emptyKeySpace, type KeyEvent, takeListing } from "./key-space";
import type { Listing } from "./range";

const entry = (key: string, value: string, revision: number) => ({
  key,
  value,
  modRevision: BigInt(revision),
  lease: null,
});
const listing = (revision: number, ...keys: Listing["keys"][number][]): Listing => ({
  revision: BigInt(revision),
  keys,
  tookMs: 1,
});
const put = (key: string, value: string, revision: number): KeyEvent => ({
  type: "put",
  ...entry(key, value, revision),
});
const del = (key: string, revision: number): KeyEvent => ({ type: "delete", key, modRevision: BigInt(revision) });
const values = (space: ReturnType<typeof applyEvents>) =>
  Object.fromEntries([...space.keys].map(([k, v]) => [k, v.value]));

const start = takeListing(emptyKeySpace, listing(10, entry("leader", "pg1", 4), entry("members/pg1", "{}", 9)));

describe("key space", () => {
  test("a crash: leader and member go in one revision", () => {
    const after = applyEvents(start, [del("leader", 11), del("members/pg1", 11)]);
    expect(values(after)).toEqual({});
    expect(after.revision).toBe(11n);
  });

  test("an event that the listing already holds changes nothing, not even for a key deleted since", () => {
    expect(applyEvents(start, [put("leader", "pg0", 3), put("gone", "x", 10)])).toBe(start);
  });

  test("the revision is the last event's", () => {
    const after = applyEvents(start, [del("leader", 11), put("leader", "pg2", 12)]);
    expect([values(after).leader, after.revision]).toEqual(["pg2", 12n]);
  });

  test("a listing that was overtaken by the watch does not take the picture back", () => {
    const ahead = applyEvents(start, [put("leader", "pg2", 12)]);
    expect(takeListing(ahead, listing(11, entry("leader", "pg1", 4)))).toBe(ahead);
  });

  test("a newer listing repairs what the watch missed", () => {
    const repaired = takeListing(start, listing(20, entry("leader", "pg3", 15)));
    expect(values(repaired)).toEqual({ leader: "pg3" });
  });

  test("nothing given out is changed later", () => {
    applyEvents(start, [del("leader", 11)]);
    expect(values(start).leader).toBe("pg1");
  });
});
