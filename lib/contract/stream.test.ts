import { describe, expect, test } from "vitest";
import { clusterScope, instant } from "@/lib/domain/ids";
import type { Snapshot } from "@/lib/domain/snapshot";
import { applyStreamEvent, type StreamEvent } from "./stream";

const scope = clusterScope("demo");
const now = instant(0);
const snapshot = (version: number, title = "t") => ({ scope, version, title, paused: false }) as unknown as Snapshot;
const whole = (boot: string, version: number): StreamEvent & { type: "snapshot" } => ({
  type: "snapshot",
  boot,
  now,
  snapshot: snapshot(version),
});
const patch = (
  boot: string,
  base: number,
  version: number,
  set: Partial<Snapshot> = {},
): StreamEvent & { type: "patch" } => ({
  type: "patch",
  boot,
  now,
  scope,
  base,
  version,
  set,
});

describe("folding the stream", () => {
  test("the first snapshot is taken", () => {
    expect(applyStreamEvent(undefined, whole("a", 1))).toMatchObject({ kind: "applied", held: { boot: "a" } });
  });

  test.each([
    { name: "an older snapshot of the same boot is dropped", held: 5, event: whole("a", 4), kind: "ignored" },
    { name: "the same snapshot again is dropped", held: 5, event: whole("a", 5), kind: "ignored" },
    {
      name: "a snapshot of another boot is taken, whatever its number",
      held: 5,
      event: whole("b", 1),
      kind: "applied",
    },
    { name: "a patch on what is held is taken", held: 5, event: patch("a", 5, 6), kind: "applied" },
    { name: "a patch that is not newer is dropped", held: 5, event: patch("a", 4, 5), kind: "ignored" },
    { name: "a patch on something else is a gap", held: 5, event: patch("a", 6, 7), kind: "gap" },
    { name: "a patch of another boot is a gap", held: 5, event: patch("b", 5, 6), kind: "gap" },
  ])("$name", ({ held, event, kind }) => {
    expect(applyStreamEvent({ boot: "a", snapshot: snapshot(held) }, event).kind).toBe(kind);
  });

  test("a patch replaces the sections it names and leaves the others as they are", () => {
    const held = { boot: "a", snapshot: snapshot(5, "before") };
    const applied = applyStreamEvent(held, patch("a", 5, 6, { paused: true }));
    expect(applied).toMatchObject({ held: { snapshot: { version: 6, paused: true, title: "before" } } });
  });

  test("a patch without anything held is a gap", () => {
    expect(applyStreamEvent(undefined, patch("a", 1, 2)).kind).toBe("gap");
  });
});
