import { expect, test } from "vitest";
import type { Lsn } from "../ids";
import { failing, healthyState, keyTo, NOW, patchPostgres } from "../testing/builders";
import { followWal, NO_WAL_MEMORY, secondsBehind, type WalMemory } from "./wal-trail";

const at = (seconds: number, position: number, memory: WalMemory = NO_WAL_MEMORY, over = {}) => {
  const now = NOW + seconds * 1_000;
  const lsn = `0/${position.toString(16).toUpperCase()}` as Lsn;
  return followWal(memory, patchPostgres(healthyState({ now }), "node1", { lsn, ...over }, now), now);
};

test("another timeline begins another trail", () => {
  const memory = at(4, 0x2000, at(2, 0x1000), { timeline: 8 });
  expect(memory.trail).toMatchObject({ timeline: 8, points: [{ position: 0x2000n }] });
});

test("another leader begins another trail", () => {
  const state = keyTo(healthyState({ now: NOW + 4_000 }), "node2", "901", NOW + 4_000);
  expect(followWal(at(2, 0x1000), state, NOW + 4_000).trail).toMatchObject({ member: "node2" });
});

test("a leader that does not answer leaves the trail as it was", () => {
  const memory = at(2, 0x1000);
  const dead = failing(healthyState({ now: NOW + 4_000 }), "postgres", "node1", "refused", NOW + 4_001);
  expect(followWal(memory, dead, NOW + 4_002).trail).toBe(memory.trail);
});

test("many looks a second add few points, and a position that stands adds none", () => {
  let memory = NO_WAL_MEMORY;
  for (let i = 0; i < 40; i++) memory = at(i / 4, 0x1000 + i, memory);
  expect(memory.trail?.points.length).toBeLessThanOrEqual(11);
  const stood = at(60, 0x1000 + 36, memory);
  expect(stood.trail?.points.length).toBe(memory.trail?.points.length);
});

test("a day of growth is remembered from its beginning in a bounded number of points", () => {
  let memory = NO_WAL_MEMORY;
  const start = healthyState();
  for (let i = 0; i < 43_200; i++) {
    const now = NOW + i * 2_000;
    const dcs = { ...start.dcs, good: start.dcs.good && { ...start.dcs.good, at: now } };
    const lsn = `0/${(0x1000 + i * 16).toString(16)}` as Lsn;
    memory = followWal(memory, patchPostgres({ ...start, dcs }, "node1", { lsn }, now), now);
  }
  expect(memory.trail?.points.length).toBeLessThanOrEqual(4_097);
  const end = NOW + 43_199 * 2_000;
  expect(secondsBehind(memory.trail, 0x1000n, end)).toBeCloseTo(86_398, -1);
  expect(secondsBehind(memory.trail, 0x1000n + 16n * 43_000n, end)).toBeCloseTo(398, 0);
  expect(secondsBehind(memory.trail, 0x0fffn, end)).toBeNull();
}, 30_000);

test("no trail, no answer", () => {
  expect(secondsBehind(null, 1n, NOW)).toBeNull();
});
