import { expect, test } from "vitest";
import { RUNS_AT, word } from "@/lib/domain/testing/runs";
import { createSights } from "./sights";
import { DEMO, pictureOf } from "./testing/dashboards";

const run = { scope: DEMO, inputs: {} };

test("a picture that is too old, or none, is nothing that a run goes by", () => {
  let now = RUNS_AT;
  const sights = createSights({ now: () => now, operation: async () => ({ ok: true, value: null }) });
  const blind = { leader: null };
  expect(sights.of(run)).toMatchObject(blind);
  expect(sights.of(run).judge(word("dcsQuorum"))).toEqual({ value: false, known: false });
  sights.see(pictureOf({}));
  expect(sights.of(run)).toMatchObject({ leader: { name: "node1" } });
  expect(sights.of(run).judge(word("dcsQuorum"))).toEqual({ value: true, known: true });
  now += 15_001;
  expect(sights.of(run)).toMatchObject(blind);
  expect(sights.of(run).judge(word("dcsQuorum"))).toEqual({ value: false, known: false });
  expect(sights.picture(DEMO)).toBeNull();
});
