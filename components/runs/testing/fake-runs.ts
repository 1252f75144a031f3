import { json, problem } from "@/components/actions/testing/desk";
import type { RunbooksAnswer } from "@/lib/contract/runbooks";
import type { RunAnswer, RunCommandBody, RunsAnswer } from "@/lib/contract/runs";
import { memberName } from "@/lib/domain/ids";
import { beginRun } from "@/lib/domain/runbooks/begin";
import { commandRun, type RunRole } from "@/lib/domain/runbooks/command";
import { foldRun } from "@/lib/domain/runbooks/fold";
import { judge } from "@/lib/domain/runbooks/judge";
import type { Proof, Run, RunBoard, RunCommand, RunEntry } from "@/lib/domain/runbooks/run";
import type { Runbook } from "@/lib/domain/runbooks/runbook";
import { leaderSeen, type RunSight } from "@/lib/domain/runbooks/sight";
import type { Snapshot } from "@/lib/domain/snapshot";
import { samplePlaces } from "@/lib/domain/testing/places";
import { SAMPLE_NOW, sampleSnapshot } from "@/lib/domain/testing/samples";
import { builtInFolder, loadRunbooks } from "@/lib/runbooks/load";

/** The runbooks that are shipped, and a server that keeps one run of them by the real rules, for tests of what is drawn of it. */

const SHIPPED = loadRunbooks(builtInFolder(), null).runbooks;
export function shipped(id: string): Runbook {
  const found = SHIPPED.find((one) => one.id === id);
  if (!found) throw new Error(`no runbook ${id}`);
  return found;
}

/** Of people by their names; everybody else is an operator. */
const ROLES: Readonly<Record<string, RunRole>> = { vera: "viewer", clara: "admin" };
export const RUN_ID = "0192f3a1-0000-7000-8000-0000000000f1";

export type FakeRuns = ReturnType<typeof fakeRuns>;

/** `seen`: the picture that the run is judged by at first. `by`: who begins it, and who commands come from. */
export function fakeRuns(id: string, inputs: Readonly<Record<string, string>>, seen: Snapshot = sampleSnapshot()) {
  const runbook = shipped(id);
  let picture = seen;
  let now = SAMPLE_NOW;
  let sender = "ivanova";
  const sight = (): RunSight => ({
    now,
    judge: (condition) => judge(condition, { picture, inputs }),
    leader: leaderSeen(picture),
    operations: picture.actions?.operations ?? [],
  });
  const asked = { id: RUN_ID, scope: seen.scope, inputs, by: sender, note: null, override: null };
  const begun = beginRun(asked, runbook, sight());
  let run: Run = begun.run;
  const entries: RunEntry[] = [...begun.entries];
  const commands: RunCommand[] = [];
  const sees = (next: Snapshot, afterMs = 1_000) => {
    picture = next;
    now += afterMs;
    const folded = foldRun(run, runbook, sight());
    run = folded.run;
    entries.push(...folded.entries);
  };
  const does = (command: RunCommand, name = sender, version = run.version) => {
    const commanded = commandRun({
      run,
      runbook,
      command,
      version,
      who: { name, role: ROLES[name] ?? "operator" },
      sight: sight(),
      operation: null,
      roleOf: (one) => ROLES[one] ?? "operator",
    });
    if (commanded.kind === "refused") return commanded;
    run = commanded.run;
    entries.push(...commanded.entries);
    return null;
  };
  const answer = (): RunAnswer => ({
    run,
    runbook,
    unfilled: [],
    places: samplePlaces(),
    entries: [...entries],
    measured: null,
    proof: null,
  });
  return {
    runbook,
    commands,
    get run(): Run {
      return run;
    },
    at: () => run.steps.find(({ state }) => state === "current")?.stepId ?? null,
    sees,
    does,
    /** Whose commands come from the browser. */
    signIn(name: string) {
      sender = name;
    },
    board: (): RunBoard => ({ runs: [shortOf(run, runbook)], proven: { failover: null, restore: null } }),
    answer: (url: string, body: unknown): Response => {
      if (url.startsWith(`/api/v1/runs/${RUN_ID}/commands`)) {
        const { command, version } = body as RunCommandBody;
        commands.push(command as RunCommand);
        const refused = does(command as RunCommand, sender, version);
        return refused === null ? json(answer()) : problem("run-refused", 409, { reasons: [refused.text] });
      }
      if (url.startsWith(`/api/v1/runs/${RUN_ID}`)) return json(answer());
      return problem("not-found", 404);
    },
  };
}

const shortOf = (run: Run, { title, steps }: Runbook): RunBoard["runs"][number] => ({
  id: run.id,
  runbookId: run.runbookId,
  state: run.state,
  carrier: run.carrier,
  handedTo: run.handedTo,
  startedAt: run.startedAt,
  contradiction: run.contradiction,
  version: run.version,
  title,
  step: { number: 1 + run.steps.findIndex(({ state }) => state === "current"), of: steps.length },
});

/** What the library answers, with every shipped runbook. */
export const libraryAnswer = (broken: RunbooksAnswer["broken"] = []): RunbooksAnswer => ({
  runbooks: SHIPPED.map((runbook) => ({ runbook, unfilled: [], preconditions: null, offeredBy: [] })),
  places: samplePlaces(),
  broken,
});

/** One run in the list of a cluster's. */
export const listed = (run: Run, runbook: Runbook, proof: Proof | null = null): RunsAnswer["runs"][number] => ({
  run,
  title: runbook.title,
  kind: runbook.kind,
  measured:
    proof === null
      ? null
      : {
          kind: "failover",
          gapMs: 8_400,
          outage: null,
          phases: [],
          before: memberName("node1"),
          after: memberName("node2"),
        },
  proof,
});
