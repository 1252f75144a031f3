import { describe, expect, test } from "vitest";
import en from "@/messages/en.json";
import ru from "@/messages/ru.json";
import { gatherEvidence } from "../evidence/evidence";
import type { Instant } from "../ids";
import { answer, failing, healthyState, keyTo, NOW, patchDcs } from "../testing/builders";
import { postgresVitals } from "../testing/vitals";
import { viewArchiving } from "./archiving";
import type { ArchivingView } from "./archiving-view";
import type { ArchiverFacts, PostgresVitals } from "./facts";

const BASE = postgresVitals(0, true);
const at = (minute: number) => `2026-11-21T02:${String(minute).padStart(2, "0")}:00.000Z` as Instant;

function view(
  archiver: Partial<ArchiverFacts>,
  over: Partial<PostgresVitals> = {},
  previous: ArchivingView | null = null,
): ArchivingView {
  const vitals = { ...BASE, ...over, archiver: { ...BASE.archiver, ...archiver } };
  const state = answer(healthyState(), "vitals", "node1", vitals, NOW);
  const seen = viewArchiving(gatherEvidence(state, null, NOW), state.vitals, previous, NOW);
  if (!seen) throw new Error("PostgreSQL is looked at, so there is a view");
  return seen;
}

const waiting = (files: number, oldestAgeSeconds: number | null) => ({
  backlog: { files, oldestAgeSeconds, at: at(59) },
});

describe("the leader's archiver", () => {
  test.each<[string, Partial<ArchiverFacts>, Partial<PostgresVitals>, ArchivingView["state"], string]>([
    ["archived its last file", {}, {}, "ok", "archiving.ok"],
    ["had nothing to do yet", { lastArchivedAt: null, lastArchivedWal: null }, {}, "ok", "archiving.idle"],
    ["archive_mode is off", { mode: "off", configured: false }, {}, "off", "archiving.off"],
    ["asked before it was promoted", {}, { inRecovery: true }, "unknown", "archiving.promoting"],
    [
      "asked before it was promoted, and off by its settings",
      { mode: "off" },
      { inRecovery: true },
      "off",
      "archiving.off",
    ],
    ["asked in recovery, with always", { mode: "always" }, { inRecovery: true }, "ok", "archiving.ok"],
    ["on, and neither command nor library", { configured: false }, {}, "stuck", "archiving.unconfigured"],
    [
      "failed after its last success",
      { lastFailedAt: at(59), lastArchivedAt: at(58) },
      {},
      "failing",
      "archiving.failing",
    ],
    ["failed before its last success", { lastFailedAt: at(57), lastArchivedAt: at(58) }, {}, "ok", "archiving.ok"],
    ["failed and never succeeded", { lastFailedAt: at(57), lastArchivedAt: null }, {}, "failing", "archiving.failing"],
    ["files wait and nothing happens", { lastArchivedAt: at(40), ...waiting(3, 900) }, {}, "stuck", "archiving.stuck"],
    [
      "many files wait, and it works them off",
      { lastArchivedAt: at(59), ...waiting(900, 5_000) },
      {},
      "ok",
      "archiving.ok",
    ],
    ["a file waits for a moment", { lastArchivedAt: at(10), ...waiting(1, 4) }, {}, "ok", "archiving.ok"],
    ["files may not be listed", { lastArchivedAt: at(10), backlog: null }, {}, "ok", "archiving.ok"],
  ])("%s", (_what, archiver, over, state, key) => {
    const seen = view(archiver, over);
    expect([seen.state, seen.text.key, seen.member, seen.trust]).toEqual([state, key, "node1", "fresh"]);
    for (const messages of [en, ru]) expect(messages.archiving).toHaveProperty([key.replace("archiving.", "")]);
  });

  test("the leader of a standby cluster archives nothing without always, and that is known", () => {
    const vitals = { ...BASE, inRecovery: true };
    const asked = answer(healthyState(), "vitals", "node1", vitals, NOW);
    const state = patchDcs(asked, { config: { standby_cluster: { host: "10.9.9.9", port: 5432 } } }, NOW);
    const seen = viewArchiving(gatherEvidence(state, null, NOW), state.vitals, null, NOW);
    expect([seen?.state, seen?.text.key]).toEqual(["off", "archiving.standby"]);
  });

  test("files that may not be listed are unknown, not none", () => {
    expect(view({ backlog: null })).toMatchObject({ backlog: null, backlogAt: null });
    expect(view(waiting(0, null))).toMatchObject({ backlog: 0, backlogAt: at(59) });
  });

  test("failing since the first failure we saw, while PostgreSQL moves its latest on", () => {
    const first = view({ lastFailedAt: at(50), lastArchivedAt: at(40) });
    const second = view({ lastFailedAt: at(51), lastArchivedAt: at(40) }, {}, first);
    expect([first.failingSince, second.failingSince]).toEqual([at(50), at(50)]);
    const again = view({ lastFailedAt: at(56), lastArchivedAt: at(55) }, {}, second);
    expect(again.failingSince).toBe(at(56));
    expect(view({ lastFailedAt: at(56), lastArchivedAt: at(57) }, {}, again).failingSince).toBeNull();
  });
});

describe("what is not known of it", () => {
  const NEXT = NOW + 1;
  const of = (state: ReturnType<typeof healthyState>, now = NEXT) =>
    viewArchiving(gatherEvidence(state, null, now), state.vitals, null, now);

  test("PostgreSQL is not looked at: no view", () => {
    expect(of(healthyState({ postgres: false }))).toBeNull();
  });

  test("nobody leads, or the leader was never asked: unknown, without figures", () => {
    expect(of(keyTo(healthyState(), null, "900"))).toMatchObject({ state: "unknown", member: null, failedCount: null });
    const unasked = { ...healthyState(), vitals: {} };
    expect(of(unasked)).toMatchObject({ state: "unknown", member: "node1", trust: "unknown", backlog: null });
  });

  test("the leader answers no more: its last figures, marked stale", () => {
    const state = failing(healthyState(), "vitals", "node1", "refused");
    expect(of(state)).toMatchObject({ state: "ok", trust: "stale" });
    expect(of(healthyState(), NOW + 45_001)).toMatchObject({ trust: "stale" });
  });

  test("the leader's PostgreSQL refuses the fast look: what the slow one saw is stale, however young", () => {
    const state = failing(healthyState(), "postgres", "node1", "refused");
    expect(of(state)).toMatchObject({ state: "ok", member: "node1", trust: "stale" });
  });

  test("another member leads: its archiver counts, not the former leader's", () => {
    const state = keyTo(healthyState(), "node2", "901");
    expect(of(state)).toMatchObject({ member: "node2", state: "unknown", text: { key: "archiving.promoting" } });
  });
});
