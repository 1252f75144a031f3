import { describe, expect, it } from "vitest";
import type { ClusterState } from "../cluster-state";
import type { Lsn } from "../ids";
import type { Snapshot } from "../snapshot";
import {
  answer,
  failing,
  healthyState,
  NOW,
  patchDcs,
  patchPatroni,
  patchPostgres,
  routes,
  vipOn,
} from "../testing/builders";
import { bareText } from "../testing/samples";
import { buildSnapshot } from "./build";
import { changedSections, isUrgent } from "./diff";
import { deepEqual, share } from "./share";

const first: Snapshot = { ...buildSnapshot(healthyState(), null, NOW, bareText), version: 1 };
const next = (change: (s: ClusterState) => ClusterState, now = NOW + 1_000): Snapshot => ({
  ...buildSnapshot(change(healthyState()), first, now, bareText),
  version: 2,
});

describe("what changed", () => {
  it("is nothing but the clock and the ages when nothing was seen", () => {
    expect(
      Object.keys(
        changedSections(
          first,
          next((s) => s),
        ),
      ).sort(),
    ).toEqual(["at", "sources"]);
  });
  it("leaves the unchanged parts identical, down to the member", () => {
    const after = next((s) => patchPostgres(s, "node2", { connections: 99 }));
    expect(after.members).not.toBe(first.members);
    expect(after.members[0]).toBe(first.members[0]);
    expect(after.dcs).toBe(first.dcs);
    expect(after.haproxy).toBe(first.haproxy);
  });
  it("applied to the old picture makes the new one", () => {
    const after = next((s) => vipOn(routes(s, "node1", ["node2"]), "node2"));
    expect({ ...first, ...changedSections(first, after), version: 2 }).toEqual(after);
  });
});

describe("urgent", () => {
  const yes: readonly (readonly [string, (s: ClusterState) => ClusterState])[] = [
    ["a changed verdict", (s) => patchPostgres(s, "node1", { inRecovery: true })],
    ["a server's status in a pool", (s) => routes(s, "node3", ["node2"])],
    ["the VIP's holder", (s) => vipOn(s, "node2")],
    ["a member's state", (s) => patchPatroni(s, "node3", { state: "restarting" })],
    ["a failure", (s) => failing(s, "pgbouncer", "node2", "refused")],
    ["a pause", (s) => patchDcs(s, { pause: true })],
  ];
  it.each(yes)("is %s", (_name, change) => expect(isUrgent(first, next(change))).toBe(true));

  const no: readonly (readonly [string, (s: ClusterState) => ClusterState])[] = [
    ["nothing", (s) => s],
    ["a fresh look with the same answer", (s) => patchPostgres(s, "node1", {}, NOW + 900)],
    ["a position", (s) => patchPostgres(s, "node1", { lsn: "3/5B000000" as Lsn })],
    ["the lag", (s) => patchPostgres(s, "node1", { senders: [] })],
    [
      "sessions",
      (s) => answer(s, "haproxy", "node1", (was) => ({ ...was, pools: was.pools.map((p) => ({ ...p, sessions: 5 })) })),
    ],
  ];
  it.each(no)("is not %s", (_name, change) => expect(isUrgent(first, next(change))).toBe(false));
});

describe("sharing", () => {
  it("never changes a value", () => {
    const before = { a: [1, { b: 2 }], c: { d: null }, gone: 1 };
    const after = { a: [1, { b: 2 }, 3], c: { d: null } };
    const shared = share(before, after);
    expect(shared).toEqual(after);
    expect(shared.c).toBe(before.c);
    expect(shared.a[1]).toBe(before.a[1]);
  });
  it.each([
    [{ a: 1 }, { a: 1, b: undefined }],
    [[1], { 0: 1 }],
    [null, {}],
    [[1, 2], [1]],
  ])("tells %j from %j", (a, b) => expect(deepEqual(a, b)).toBe(false));
});
