import { describe, expect, it } from "vitest";
import type { ClusterState } from "../cluster-state";
import { type Look, STALE_AFTER_INTERVALS } from "../observation";
import type { Snapshot } from "../snapshot";
import { buildSnapshot } from "../snapshot/build";
import { NOW } from "../testing/builders";
import { randomState, seeded } from "../testing/random";
import { bareText } from "../testing/samples";

const ROUNDS = 4_000;

/** Freshness by its definition, told again here so that the rules' own helper is not its own judge. */
function freshValue<T>(look: Look<T> | undefined, now: number): T | null {
  if (!look?.good || now - look.good.at > look.intervalMs * STALE_AFTER_INTERVALS) return null;
  const failure = look.last?.failure;
  return failure && failure.kind !== "timeout" && failure.kind !== "aborted" ? null : look.good.value;
}

const saysPrimary = (state: ClusterState, name: string, now: number) => {
  const status = freshValue(state.patroni[name], now);
  return status?.role === "primary" && status.state === "running";
};

/** Why naming this writer would be wrong; null when fresh evidence carries it. */
function objection(state: ClusterState, writer: string, now: number): string | null {
  if (freshValue(state.dcs, now)?.leader?.name !== writer) return "no fresh leader key names it";
  const own = freshValue(state.postgres[writer], now);
  if (own ? own.inRecovery : !saysPrimary(state, writer, now)) return "nothing fresh says that it is writable";
  for (const { name } of state.roster) {
    if (name === writer) continue;
    const other = freshValue(state.postgres[name], now);
    const denied = freshValue(state.patroni[name], now);
    if (other && !other.inRecovery && !(denied && !saysPrimary(state, name, now))) return `${name} is open as well`;
  }
  return null;
}

describe(`over ${ROUNDS} random states`, () => {
  const random = seeded(20_261_121);
  const rounds: { state: ClusterState; snapshot: Snapshot; again: Snapshot; now: number }[] = [];
  let previous: Snapshot | null = null;
  for (let i = 0; i < ROUNDS; i++) {
    const now = NOW + i * 1_000;
    const state = randomState(random, now);
    const past: Snapshot | null = i % 3 === 0 ? null : previous;
    const draw = (): Snapshot => ({ ...buildSnapshot(state, past, now, bareText), version: 1 });
    const snapshot = draw();
    rounds.push({ state, snapshot, again: draw(), now });
    previous = snapshot;
  }

  it("no named writer rests on anything that is not fresh", () => {
    const wrong = rounds.flatMap(({ state, snapshot, now }) => {
      const { writer } = snapshot.writePath;
      const why = writer === null ? null : objection(state, writer, now);
      return why ? [`${writer}: ${why}`] : [];
    });
    expect(wrong).toEqual([]);
    expect(rounds.filter((r) => r.snapshot.writePath.writer !== null).length).toBeGreaterThan(ROUNDS / 10);
  });

  it("the same observations give the same picture", () => {
    for (const { snapshot, again } of rounds) expect(again).toEqual(snapshot);
  });

  it("all is well only with a writer, every speaking layer agreeing and none out of sight", () => {
    for (const { snapshot, state, now } of rounds) {
      const { state: path, writer, agree, of } = snapshot.writePath;
      if (path !== "ok" || freshValue(state.patroni[snapshot.leader?.name ?? ""], now)?.role === "standby-leader")
        continue;
      if (snapshot.members.some((m) => m.role === "standby-leader")) continue;
      expect(writer).not.toBeNull();
      expect(agree).toBe(of);
    }
  });

  it("no layer speaks by what is stale, and no sentence is older than what may be fresh", () => {
    for (const { snapshot, now } of rounds) {
      const { asOf, witnesses } = snapshot.writePath;
      if (asOf !== null) expect(now - Date.parse(asOf)).toBeLessThanOrEqual(45_000);
      for (const m of snapshot.members) {
        for (const w of m.witnesses) if (w.trust !== "fresh") expect(["unknown", "n/a"]).toContain(w.says);
      }
      for (const w of witnesses) if (w.verdict === "agree") expect(w.at).not.toBeNull();
    }
  });

  it("every kind of sentence came up", () => {
    const codes = new Set(rounds.map((r) => r.snapshot.writePath.code));
    expect([...codes].sort()).toEqual(
      expect.arrayContaining([
        "agree-partly",
        "blind",
        "handover",
        "misrouted",
        "no-leader",
        "ok",
        "promoting",
        "split-brain",
      ]),
    );
  });
});
