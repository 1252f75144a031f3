import { expect, test } from "vitest";
import { check, decision, instruction, note, playRun, runbookOf } from "@/lib/domain/testing/runs";
import { runMarkdown } from "./markdown";

const RUNBOOK = runbookOf([
  check("ready"),
  instruction("tell"),
  decision("how", { well: "end", ill: "look" }),
  note("look"),
]);

function recorded() {
  const run = playRun(RUNBOOK, { yes: ["ready"] });
  run.does({ kind: "tick", stepId: "tell", note: "told the owners | all of\nthem" });
  run.sees({ at: 60_000, yes: ["ready"], leader: "node3" });
  run.does({ kind: "overrule", reason: "was us" });
  run.does({ kind: "choose", stepId: "how", option: "well" });
  return { run: run.run, runbook: RUNBOOK, entries: run.record, measured: null, proof: null };
}

test("the record tells who did what and when, step by step, and what happened meanwhile", () => {
  const text = runMarkdown(recorded(), "Demo", "en", "# Incident\n\n## Phases\n\ntext\n");
  expect(text).toContain("# Planned switchover: Demo");
  expect(text).toContain("- State: done");
  expect(text).toContain("- Begun by anna at 2026-11-21 03:00:00.000");
  expect(text).toContain("- Ended at 2026-11-21 03:01:00.000, after 60 s");
  expect(text).toContain("| Step tell | done | anna | 2026-11-21 03:00:00.000 | 2026-11-21 03:00:00.000 |");
  expect(text).toContain("| Step how | done: well | anna |");
  expect(text).toContain("| Step look | on another branch |");
  expect(text).toContain("the run itself | Step how: stopped: node3 leads, and node1 should |");
  expect(text).toContain("went on in spite of it: was us");
  expect(text).toContain("### Incident\n\n#### Phases");
});

test("of a run that was abandoned it tells where and why, and names the steps by their titles", () => {
  const run = playRun(RUNBOOK, { yes: ["ready"] });
  for (const at of [1_000, 9_000]) run.sees({ at, yes: [] });
  run.does({ kind: "abandon", reason: "not tonight" });
  const text = runMarkdown(
    { run: run.run, runbook: RUNBOOK, entries: run.record, measured: null, proof: null },
    "Demo",
    "en",
    null,
  );
  expect(text).toContain("| Step tell | abandoned here |");
  expect(text).toContain("no longer true: step «Step ready»");
  expect(text).toContain("abandoned: not tonight");
});

test("nothing that a person wrote breaks out of its cell", () => {
  const text = runMarkdown(recorded(), "Demo", "en", null);
  expect(text).toContain("told the owners \\| all of them |");
});

test("every text has its words in every language", () => {
  for (const locale of ["en", "ru"] as const) {
    const text = runMarkdown({ ...recorded(), measured: null, proof: null }, "Demo", locale, null);
    expect(text).not.toMatch(/\bruns\.\w/);
  }
});
