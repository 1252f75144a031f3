import { describe, expect, test } from "vitest";
import { type BlockingNode, blockingTrees } from "./blocking";

const waits = (pid: number, ...blockedBy: number[]) => ({ pid, blockedBy });

/** `1(2(3),4)`; what else blocks a session stands behind it: `3+1`. */
const drawn = ({ pid, blocks, alsoBlockedBy }: BlockingNode): string =>
  `${pid}${alsoBlockedBy.map((one) => `+${one}`).join("")}${blocks.length > 0 ? `(${blocks.map(drawn).join(",")})` : ""}`;

describe("the blocking tree", () => {
  test.each([
    ["nobody waits", [waits(1), waits(2)], [], []],
    ["one waits for one", [waits(1), waits(2, 1)], ["1(2)"], [false]],
    ["three levels", [waits(1), waits(2, 1), waits(3, 2), waits(4, 2)], ["1(2(3,4))"], [false]],
    ["a queue: each also waits for those before it", [waits(1), waits(2, 1), waits(3, 1, 2)], ["1(2,3+2)"], [false]],
    [
      "two free blockers: it stands under the first and names the other",
      [waits(3, 1, 2)],
      ["1(3+2)", "2"],
      [false, false],
    ],
    ["a blocker that is not among the sessions", [waits(2, 99)], ["99(2)"], [false]],
    ["a prepared transaction", [waits(7, 0)], ["0(7)"], [false]],
    ["a cycle of two", [waits(1, 2), waits(2, 1)], ["1+2(2)"], [true]],
    [
      "a cycle of three with one behind it",
      [waits(1, 2), waits(2, 3), waits(3, 1), waits(9, 3)],
      ["1+2(3(2,9))"],
      [true],
    ],
    [
      "one that waits behind a cycle never becomes its root",
      [waits(1, 5), waits(5, 6), waits(6, 5)],
      ["5+6(1,6)"],
      [true],
    ],
    ["a session that is told to block itself", [waits(1, 1), waits(2, 1)], ["1(2)"], [false]],
    ["a blocker named twice", [waits(2, 1, 1)], ["1(2)"], [false]],
    ["most waiting first", [waits(2, 1), waits(11, 10), waits(12, 10)], ["10(11,12)", "1(2)"], [false, false]],
  ])("%s", (_name, sessions, shapes, cycles) => {
    const trees = blockingTrees(sessions);
    expect(trees.map(drawn)).toEqual(shapes);
    expect(trees.map(({ cycle }) => cycle)).toEqual(cycles);
  });

  test("a queue of 300 that all wait for all before them stays as large as it is", () => {
    const queue = Array.from({ length: 300 }, (_, index) =>
      waits(index + 1, ...Array.from({ length: index }, (_one, at) => at + 1)),
    );
    const [tree, ...others] = blockingTrees(queue);
    expect(others).toEqual([]);
    expect(tree).toMatchObject({ pid: 1, waiting: 299 });
    expect(tree?.blocks).toHaveLength(299);
  });

  test("a chain of 20,000 does not exhaust the stack", () => {
    const chain = Array.from({ length: 20_000 }, (_, index) => waits(index + 2, index + 1));
    expect(blockingTrees(chain)[0]).toMatchObject({ pid: 1, waiting: 20_000 });
  });

  test("every waiting session stands in the trees exactly once, whatever waits for whom", () => {
    for (let seed = 1; seed <= 200; seed++) {
      const sessions = randomSessions(seed);
      const pids: number[] = [];
      const walk = (node: BlockingNode): void => {
        pids.push(node.pid);
        for (const child of node.blocks) walk(child);
      };
      for (const tree of blockingTrees(sessions)) walk(tree);
      expect(new Set(pids).size).toBe(pids.length);
      for (const { pid, blockedBy } of sessions) {
        if (blockedBy.some((one) => one !== pid)) expect(pids).toContain(pid);
      }
    }
  });
});

function randomSessions(seed: number) {
  let state = seed;
  const next = (below: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
  return Array.from({ length: 8 }, (_, index) =>
    waits(index + 1, ...Array.from({ length: next(4) }, () => next(9) + 1)),
  );
}
