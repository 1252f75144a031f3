import { expect } from "@playwright/test";
import type { Truth } from "@/lab/index";
import type { RunAnswer } from "@/lib/contract/runs";
import type { Instant } from "@/lib/domain/ids";
import { apiOf } from "./api";
import type { Dashboard } from "./dashboard";
import type { Observing } from "./observing";

/** Runs as the store has them, read as a program reads them, and held against the hosts' own word. */

export async function runOf(dashboard: Dashboard, id: string): Promise<RunAnswer> {
  const answer = await apiOf(dashboard, "second").call<RunAnswer>("GET", `/runs/${id}`);
  if (!answer.ok) throw new Error(JSON.stringify(answer.problem));
  return answer.body;
}

/** What a restart of the dashboard must not change. */
export const standing = ({ run, entries }: RunAnswer) => ({
  state: run.state,
  at: run.steps.find(({ state }) => state === "current")?.stepId ?? null,
  carrier: run.carrier,
  version: run.version,
  inputs: run.inputs,
  startedAt: run.startedAt,
  entries,
});

/** Between two samples of the truth, in ms, something may have become so. */
const BETWEEN_MS = 1_000;

/** Each step ticked itself, and not before that was so by the hosts' own word. */
export function expectTickedWhenTrue(
  { entries }: RunAnswer,
  { truth }: Observing,
  steps: Readonly<Record<string, (truth: Truth) => boolean>>,
): void {
  for (const [step, holds] of Object.entries(steps)) {
    const ticked = entries.find(({ kind, stepId, by }) => kind === "ticked" && stepId === step && by === null);
    const at = Date.parse(ticked?.at ?? "");
    expect(at, `${step} ticked itself`).toBeGreaterThan(0);
    const near = truth.samples.filter((one) => one.at <= at + BETWEEN_MS && one.at >= at - 2 * BETWEEN_MS);
    expect(
      near.some((one) => holds(one.truth)),
      `${step} was so when it ticked`,
    ).toBe(true);
  }
}

/** `2026-11-21 03:00:00.123`, as reports write it. */
const written = (at: Instant): string => at.replace("T", " ").replace("Z", "");

/** The report names, for each entry of the record, when it was and who did it. */
export function expectTold(markdown: string, { entries }: RunAnswer): void {
  const rows = entries.map(({ at, by }) => `| ${written(at)} | ${by ?? "the run itself"} | `);
  expect(rows.filter((row) => !markdown.includes(row))).toEqual([]);
}
