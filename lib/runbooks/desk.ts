import type { AuditEntry } from "@/lib/audit/types";
import type { Stored } from "@/lib/db/types";
import { isProduction } from "@/lib/domain/fleet";
import type { ClusterScope } from "@/lib/domain/ids";
import { beginRun } from "@/lib/domain/runbooks/begin";
import { commandRun } from "@/lib/domain/runbooks/command";
import type { Commanded, Run, RunCommand } from "@/lib/domain/runbooks/run";
import type { Runbook } from "@/lib/domain/runbooks/runbook";
import type { Snapshot } from "@/lib/domain/snapshot";
import type { RunEngine } from "./engine";
import { wrongInputs } from "./inputs";
import { entryOfCommand, runEntry } from "./log";
import type { StoredRun } from "./store";
import type { RunAnswered, RunAsker, RunDesk, RunParts, RunRefusal, RunRequest, RunWhole } from "./types";

/** What people ask of runs and do to them; what must be on the record of the dashboard is written there first. */
export function createRunDesk(parts: RunParts, engine: RunEngine): Omit<RunDesk, "close"> {
  const { scopes, store, audit, now } = parts;

  /** As it stands now: judged by the newest picture where it is open. */
  const asJudged = (stored: StoredRun): StoredRun => {
    const live = engine.current(stored.run.id);
    return live?.version === stored.run.version ? { ...stored, run: live } : stored;
  };

  async function whole(id: string): Promise<Stored<RunWhole | null>> {
    const stored = await store.run(id);
    if (!stored.ok || !stored.value) return stored as Stored<null>;
    const entries = await store.entries(id);
    return entries.ok ? { ok: true, value: { ...asJudged(stored.value), entries: entries.value } } : entries;
  }

  async function answer(id: string): Promise<RunAnswered<RunWhole>> {
    const found = await whole(id);
    if (!found.ok) return storeFailed(found);
    return found.value ? { kind: "ok", value: found.value } : refused("not-found", NO_RUN);
  }

  async function carryOut(
    asker: RunAsker,
    id: string,
    version: number,
    command: RunCommand,
  ): Promise<RunAnswered<RunWhole>> {
    const found = await store.run(id);
    if (!found.ok) return storeFailed(found);
    if (!found.value || !scopes.includes(found.value.run.scope)) return refused("not-found", NO_RUN);
    const { run, runbook } = asJudged(found.value);
    const named = command.kind === "operation" ? await parts.operation(command.operationId) : null;
    if (named && !named.ok) return storeFailed(named);
    const commanded = commandRun({
      run,
      runbook,
      command,
      version,
      who: asker,
      sight: engine.sights.of(run),
      operation: named?.value ?? null,
      roleOf: parts.roleOf,
    });
    if (commanded.kind === "refused") return refusalOf(commanded, run, runbook);
    if (commanded.entries.length === 0) return answer(id);
    const entry = entryOfCommand(run, asker, command);
    const recorded = entry ? await record(entry) : null;
    if (recorded) return recorded;
    const saved = await engine.commit({ run, runbook }, commanded, run.version);
    if (!saved.ok) return storeFailed(saved);
    return saved.value ? answer(id) : refused("moved", MOVED);
  }

  async function record(entry: AuditEntry): Promise<RunRefusal | null> {
    const written = await audit.append(entry, now());
    if (written.ok) return null;
    return refused(
      "store-failed",
      `It could not be written down who asks for it (${written.failure.kind}), so it is not done.`,
    );
  }

  return {
    catalogue: parts.catalogue,

    async begin(asker, scope, request) {
      const runbook = parts.catalogue.runbooks.find(({ id }) => id === request.runbookId);
      if (!runbook || runbook.steps.length === 0) return refused("not-found", "There is no such runbook.");
      const picture = engine.sights.picture(scope);
      if (!picture) return refused("not-started", "The cluster has not been looked at yet.");
      const refusal = mayNotBegin(asker, runbook, request, picture, engine);
      if (refusal) return refusal;
      const open = await store.openRun(scope, runbook.id);
      if (!open.ok) return storeFailed(open);
      if (open.value !== null) return runOpen(open.value);
      const id = parts.newId();
      const { run, entries } = beginRun(
        {
          id,
          scope,
          inputs: trimmed(request.inputs),
          by: asker.name,
          note: request.reason,
          override: overrideOf(asker, runbook, request, picture),
        },
        runbook,
        engine.sights.of({ scope, inputs: trimmed(request.inputs) }),
      );
      const data = { inputs: run.inputs, override: run.override };
      const recorded = await record(runEntry("run-begun", run, asker, request.reason, data));
      if (recorded) return recorded;
      const begun = await store.begin(run, runbook, entries);
      if (!begun.ok) return storeFailed(begun);
      if (begun.value.kind === "busy") return runOpen(begun.value.runId);
      engine.take({ run, runbook });
      return answer(id);
    },

    command: (asker, id, version, command) => engine.alone(id, () => carryOut(asker, id, version, command)),

    run: whole,

    async runs(scope: ClusterScope, query) {
      const stored = await store.runs(scope, query);
      return stored.ok ? { ok: true, value: stored.value.map(asJudged) } : stored;
    },
  };
}

const NO_RUN = "There is no such run.";
const MOVED = "The run has changed since you last saw it.";

const refused = (code: RunRefusal["code"], detail: string): RunRefusal => ({
  kind: "refused",
  code,
  detail,
  text: null,
  runId: null,
});

const runOpen = (runId: string): RunRefusal => ({
  ...refused("run-open", "A run of this runbook is open on the cluster already."),
  runId,
});

const storeFailed = ({ failure }: Extract<Stored<unknown>, { ok: false }>): RunRefusal =>
  refused("store-failed", `The store of runs: ${failure.kind}.`);

const PROBLEM_OF: Readonly<Record<Extract<Commanded, { kind: "refused" }>["code"], RunRefusal["code"]>> = {
  moved: "moved",
  ended: "not-open",
  "not-yours": "not-yours",
  "not-allowed": "forbidden",
  "not-running": "run-refused",
  "not-current": "run-refused",
  "not-true": "run-refused",
  "not-fitting": "run-refused",
  "unknown-step": "run-refused",
};

/** In English; `code` is what the screen words. */
function refusalOf({ code, text }: Extract<Commanded, { kind: "refused" }>, run: Run, { role }: Runbook): RunRefusal {
  const detail: Readonly<Record<typeof code, string>> = {
    moved: MOVED,
    ended: "The run has ended.",
    "not-yours": `${run.carrier} carries this run; take it over first.`,
    "not-allowed": `This needs the role ${role}.`,
    "not-running": `The run is ${run.state}.`,
    "not-current": "The run is not at this step.",
    "not-true": "What the step or the run rests on is not true now.",
    "not-fitting": "This does not fit the step.",
    "unknown-step": "The runbook has no such step.",
  };
  return { ...refused(PROBLEM_OF[code], detail[code]), text };
}

const trimmed = (inputs: RunRequest["inputs"]): RunRequest["inputs"] =>
  Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, value.trim()]));

const needsOverride = ({ kind }: Runbook, { environment }: Snapshot): boolean =>
  kind === "drill" && isProduction(environment);

const overrideOf = (
  { name }: RunAsker,
  runbook: Runbook,
  { reason }: RunRequest,
  picture: Snapshot,
): Run["override"] => (needsOverride(runbook, picture) && reason !== null ? { by: name, reason } : null);

/** Drills are done on purpose: on production an admin says why, and what they need must be true. Others say why they begin without it. */
function mayNotBegin(
  { role }: RunAsker,
  runbook: Runbook,
  { inputs, reason }: RunRequest,
  picture: Snapshot,
  engine: RunEngine,
): RunRefusal | null {
  const isAdmin = role === "admin";
  if (role === "viewer" || (runbook.role === "admin" && !isAdmin)) {
    return refused("forbidden", `This needs the role ${runbook.role}.`);
  }
  const wrong = wrongInputs(runbook, inputs, picture);
  if (wrong !== null) return refused("bad-request", wrong);
  if (needsOverride(runbook, picture)) {
    if (!isAdmin) return refused("forbidden", "A drill on a production cluster needs the role admin, and a reason.");
    if (reason === null) return refused("reason-missing", "A drill on a production cluster needs a reason.");
  }
  const { judge } = engine.sights.of({ scope: picture.scope, inputs: trimmed(inputs) });
  const unmet = runbook.preconditions.filter(({ condition }) => !judge(condition).value);
  const told = unmet.map(({ text }) => text.en).join(" ");
  if (unmet.length > 0 && runbook.kind === "drill") return refused("blocked", `Not so now: ${told}`);
  return unmet.length > 0 && reason === null ? refused("reason-missing", `Not so now: ${told}`) : null;
}
