import { describe, expect, test } from "vitest";
import { quotaBytesOf, quotaIn, tellsQuota } from "./quota";
import { startFakeEtcd } from "./testing/fake-etcd";

/** `StatusResponse` of etcd 3.6 as on the wire: version, dbSize, leader, errors, isLearner, storageVersion, dbSizeQuota. */
const answer = (quota: readonly number[]) =>
  Uint8Array.from([
    ...[0x0a, 4, 0x08, 1, 0x10, 42], // header { cluster_id: 1, member_id: 42 }
    ...[0x12, 5, ...Buffer.from("3.6.5")],
    ...[0x18, 0x80, 0xa0, 0x01], // dbSize 20480
    ...[0x20, 42],
    ...[0x42, 2, ...Buffer.from("no")],
    ...[0x50, 0],
    ...[0x5a, 5, ...Buffer.from("3.6.0")],
    ...quota,
  ]);

describe("the quota that etcd 3.6 tells", () => {
  test("is found behind fields that the library knows and others that it does not", () => {
    expect(quotaIn(answer([0x60, 0x80, 0x80, 0x80, 0x80, 0x08]))).toBe(2 * 2 ** 30);
    expect(quotaIn(answer([0x60, 0x80, 0x80, 0x80, 0x80, 0x20, 0x6a, 0]))).toBe(8 * 2 ** 30);
  });

  test.each([
    ["a field that is not there", []],
    ["a quota of nothing", [0x60, 0]],
    ["an answer that is cut off", [0x60, 0x80]],
    ["a field of a kind that there is not", [0x67, 1]],
  ])("is unknown by %s", (_, bytes) => {
    expect(quotaIn(answer(bytes))).toBeNull();
  });

  test.each([
    ["3.4.23", false],
    ["3.5.16", false],
    ["3.6.0", true],
    ["3.10.1", true],
    ["4.0.0", true],
    ["", false],
  ])("%s tells it: %s", (version, tells) => {
    expect(tellsQuota(version)).toBe(tells);
  });

  test("an older member answers without it, a frozen one not at all: both are unknown, within the deadline", async () => {
    const etcd = await startFakeEtcd();
    const connection = { endpoint: etcd.endpoint, token: () => null };
    expect(await quotaBytesOf(connection, { timeoutMs: 500 })).toBeNull();
    etcd.set({ frozen: true });
    const started = performance.now();
    expect(await quotaBytesOf(connection, { timeoutMs: 200 })).toBeNull();
    expect(performance.now() - started).toBeLessThan(1_500);
    await etcd.stop();
  });
});
