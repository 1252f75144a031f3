import { expect, test } from "vitest";
import { sampleSnapshot } from "../testing/samples";
import { readCondition } from "./check";
import { readingsOf } from "./readings";

const picture = sampleSnapshot("healthy");

function told(source: string, inputs: Record<string, string> = {}) {
  const read = readCondition(source, new Map([["candidate", "replica"]]));
  if (read.kind === "error") throw new Error(read.problems[0]?.expected);
  return readingsOf(read.condition, { picture, inputs }).map(({ fact, member, argument, value }) => [
    fact,
    member ?? argument,
    value.known ? value.value : "?",
  ]);
}

test("every fact is told once, with what it is now", () => {
  expect(told("leader == $candidate and not paused and (leader != none or backupRunning)")).toEqual([
    ["leader", null, "node1"],
    ["paused", null, false],
    ["backupRunning", null, "?"],
  ]);
});

test("of every replica its own, and whose it is", () => {
  expect(told('every replica (name == "node3" or streaming and timeline == timeline(leader))')).toEqual([
    ["streaming", "node2", true],
    ["timeline", "node2", 7],
    ["timeline", "node1", 7],
    ["streaming", "node3", true],
    ["timeline", "node3", 7],
  ]);
});

test("an input that was not given leaves the member unsaid and the fact not known", () => {
  expect(told("streaming($candidate)")).toEqual([["streaming", null, "?"]]);
  expect(told("streaming($candidate)", { candidate: "node2" })).toEqual([["streaming", "node2", true]]);
  expect(told('finding("no-leader") or configured("ttl") == none')).toMatchObject([
    ["finding", "no-leader", false],
    ["configured", "ttl", expect.anything()],
  ]);
});
