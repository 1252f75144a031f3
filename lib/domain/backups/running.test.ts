import { describe, expect, test } from "vitest";
import type { Instant } from "../ids";
import { type Course, followCourse, type Sighting } from "./running";

const at = (second: number) => `2026-11-21T03:00:${String(second).padStart(2, "0")}.000Z` as Instant;

const free = (second: number, place = "node1"): Sighting => ({
  place,
  at: at(second),
  held: false,
  totalBytes: null,
  doneBytes: null,
  certain: false,
});
const copying = (second: number, doneBytes: number | null, place = "node1"): Sighting => ({
  ...free(second, place),
  held: true,
  totalBytes: doneBytes === null ? null : 100,
  doneBytes,
  certain: doneBytes !== null,
});

type Step = readonly [sightings: readonly Sighting[], newest: string | null];

/** Follows looks one after another, each a second apart. */
function course(...steps: readonly Step[]): Course {
  return steps.reduce<(Course & { at: Instant }) | null>(
    (before, [sightings, newest], i) => ({ ...followCourse(sightings, newest, before), at: at(i) }),
    null,
  ) as Course;
}

describe("a running backup", () => {
  test("is seen from its lock on, with when it was last seen not to run", () => {
    const { running } = course([[free(0)], "A"], [[copying(1, null)], "A"], [[copying(2, 40)], "A"]);
    expect(running).toMatchObject({ seenAt: at(1), notBefore: at(0), place: "node1", totalBytes: 100, doneBytes: 40 });
  });

  test("that ran at our first look has no moment before which it did not", () => {
    expect(course([[copying(0, 5)], "A"]).running).toMatchObject({ seenAt: at(0), notBefore: null });
  });

  test("finished when its lock went and a new backup came", () => {
    const { running, ended } = course([[copying(0, 5)], "A"], [[free(1)], "B"]);
    expect(running).toBeNull();
    expect(ended).toMatchObject({ outcome: "finished", label: "B", seenAt: at(0), endedAt: at(1) });
  });

  test("finished, and did not fail, when its lock outlives its entry because expire follows", () => {
    const { ended } = course(
      [[copying(0, 90)], "A"],
      [[copying(1, 100)], "B"],
      [[copying(2, 100)], "B"],
      [[free(3)], "B"],
    );
    expect(ended).toMatchObject({ outcome: "finished", label: "B" });
  });

  test("failed when it had begun to copy, its lock went, and no backup came", () => {
    const { ended } = course([[copying(0, null)], "A"], [[copying(1, 40)], "A"], [[free(2)], "A"]);
    expect(ended).toMatchObject({ outcome: "failed", label: null, place: "node1", endedAt: at(2) });
  });

  test("is not called failed when it never copied: expire holds the same lock", () => {
    expect(course([[copying(0, null)], "A"], [[free(1)], "A"]).ended).toMatchObject({ outcome: "nothing" });
  });

  test("that failed and was begun anew between two looks is told by its progress", () => {
    const { running, ended } = course([[copying(0, 80)], "A"], [[copying(1, 10)], "A"]);
    expect(ended).toMatchObject({ outcome: "failed", seenAt: at(0) });
    expect(running).toMatchObject({ seenAt: at(1), doneBytes: 10 });
  });

  test("goes on while its own host is silent, whatever others say", () => {
    const { running, ended } = course([[copying(0, 5), free(0, "node2")], "A"], [[free(1, "node2")], "A"]);
    expect(running).toMatchObject({ place: "node1" });
    expect(ended).toBeNull();
  });

  test("cannot be seen where no place is fresh", () => {
    expect(course([[], null])).toMatchObject({ running: null, ended: null, runningKnown: false });
  });

  test("leaves its end remembered", () => {
    const { ended } = course([[copying(0, 5)], "A"], [[free(1)], "A"], [[free(2)], "A"], [[], "A"]);
    expect(ended?.outcome).toBe("failed");
  });
});
