import { describe, expect, test } from "vitest";
import { check, decision, instruction, note, playRun, runbookOf, switchover, wait } from "@/lib/domain/testing/runs";
import { runbookSchema } from "./runbooks";
import { newRunSchema, runCommandSchema, runEntrySchema, runSchema } from "./runs";

describe("runs on the wire", () => {
  const runbook = runbookOf([
    check("a", "c"),
    instruction("b"),
    switchover("c"),
    wait("d"),
    decision("e", { x: "end" }),
    note("f"),
  ]);

  test("a run, its entries and its runbook come through unchanged, conditions and all", () => {
    const run = playRun(runbook, { yes: ["a"] });
    run.does({ kind: "note", text: "hello" });
    const plain = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;
    expect(runSchema.parse(plain(run.run))).toEqual(run.run);
    expect(runEntrySchema.array().parse(plain(run.record))).toEqual(run.record);
    expect(runbookSchema.parse(plain(runbook))).toEqual(runbook);
  });

  test.each([
    ["a tick", { version: 1, command: { kind: "tick", stepId: "a" } }, true],
    ["a skip without a reason", { version: 1, command: { kind: "skip", stepId: "a", reason: " " } }, false],
    ["a command without the version that was seen", { command: { kind: "resume" } }, false],
    ["a command that there is not", { version: 1, command: { kind: "delete" } }, false],
    ["a key that there is not", { version: 1, command: { kind: "resume", force: true } }, false],
  ])("%s", (_name, body, fits) => expect(runCommandSchema.safeParse(body).success).toBe(fits));

  test("a new run needs no more than its runbook", () => {
    expect(newRunSchema.parse({ runbookId: "no-leader" })).toEqual({
      runbookId: "no-leader",
      inputs: {},
      reason: null,
    });
  });
});
