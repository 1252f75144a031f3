import type { OperationView } from "../actions/operation";
import { instant } from "../ids";
import { message } from "../message";
import { change, currentOf, type Draft, draftOf, finish, leave, setStep, stepOf, write } from "./draft";
import { foldRun } from "./fold";
import { type Commanded, OPEN_RUN_STATES, type Run, type RunCommand, type RunEntry } from "./run";
import type { Runbook } from "./runbook";
import type { RunSight } from "./sight";

export type RunRole = "viewer" | "operator" | "admin";

/** Everything that one command is judged by. */
export type Commanding = {
  readonly run: Run;
  readonly runbook: Runbook;
  readonly command: RunCommand;
  /** The version that the person saw. */
  readonly version: number;
  readonly who: { readonly name: string; readonly role: RunRole };
  readonly sight: RunSight;
  /** The one that an `operation` command names; null: there is none of that id. */
  readonly operation: OperationView | null;
  /** The role of somebody of that name; null: nobody is called that. */
  readonly roleOf: (name: string) => RunRole | null;
};

type Refused = Extract<Commanded, { kind: "refused" }>;
type Verb<K extends RunCommand["kind"]> = (
  draft: Draft,
  command: Extract<RunCommand, { readonly kind: K }>,
  asked: Commanding,
) => Refused | null;

/**
 * The run after what a person does to it, as far as it then goes by itself; or why that is not done. Whoever saw an older version than the
 * run has is told so, but a word to the record may always be added. Pure.
 */
export function commandRun(asked: Commanding): Commanded {
  const { run, runbook, command, sight } = asked;
  const refusal = mayNot(asked);
  if (refusal) return refusal;
  const draft = draftOf(run, runbook, sight.now);
  const verb = VERBS[command.kind] as Verb<RunCommand["kind"]>;
  const turnedDown = verb(draft, command, asked);
  if (turnedDown) return turnedDown;
  // Left by the last step: it is done by what the person did.
  if (draft.run.state === "done") write(draft, "done");
  const commanded = finish(draft);
  if (commanded.entries.length === 0) return { kind: "done", run, entries: [] };
  const folded = foldRun(commanded.run, runbook, sight);
  const entries: readonly RunEntry[] = [...commanded.entries, ...folded.entries];
  return { kind: "done", run: { ...folded.run, version: run.version + 1 }, entries };
}

const RANK: Readonly<Record<RunRole, number>> = { viewer: 1, operator: 2, admin: 3 };
const atLeast = (role: RunRole, needed: RunRole): boolean => RANK[role] >= RANK[needed];

/** What needs neither the carrier nor the newest version. */
const OPEN_TO_ALL: ReadonlySet<RunCommand["kind"]> = new Set(["note", "join"]);

function mayNot({ run, runbook, command, version, who }: Commanding): Refused | null {
  const { kind } = command;
  if (!atLeast(who.role, "operator")) return refuse("not-allowed", { role: "operator" });
  if (!OPEN_RUN_STATES.has(run.state)) return kind === "note" ? null : refuse("ended");
  if (OPEN_TO_ALL.has(kind)) return null;
  if (!atLeast(who.role, runbook.role)) return refuse("not-allowed", { role: runbook.role });
  const byAnother = kind === "take-over" || (kind === "abandon" && who.role === "admin");
  if (!byAnother && who.name !== run.carrier) return refuse("not-yours", { carrier: run.carrier });
  return version === run.version ? null : refuse("moved");
}

export const refuse = (code: Refused["code"], params: Record<string, string> = {}): Refused => ({
  kind: "refused",
  code,
  text: message(`runs.refused.${code}`, params),
});

/** The step of a command, if the run is at it and runs. */
function atStep(draft: Draft, stepId: string): Refused | NonNullable<ReturnType<typeof currentOf>> {
  if (!stepOf(draft.runbook, stepId)) return refuse("unknown-step");
  if (draft.run.state !== "running") return refuse("not-running");
  const at = currentOf(draft.run, draft.runbook);
  return at && at.step.id === stepId ? at : refuse("not-current");
}

/** Forward only while all that the run rests on is true, as far as that is known. */
const shaken = (draft: Draft): Refused | null =>
  draft.run.steps.some(({ untrueSince }) => untrueSince !== null) ? refuse("not-true") : null;

const VERBS: { readonly [K in RunCommand["kind"]]: Verb<K> } = {
  tick(draft, { stepId, note }, { who }) {
    const at = atStep(draft, stepId);
    if ("kind" in at) return at;
    const { step } = at;
    if (step.kind === "check" || step.kind === "wait") return refuse("not-true");
    if (step.kind !== "instruction" && step.kind !== "note") return refuse("not-fitting");
    const refusal = shaken(draft);
    if (refusal) return refusal;
    write(draft, "ticked", { by: who.name, stepId, note });
    leave(draft, step, { state: "ticked", by: who.name });
    return null;
  },

  skip(draft, { stepId, reason }, { who, sight }) {
    const at = atStep(draft, stepId);
    if ("kind" in at) return at;
    const { step, standing } = at;
    if (step.kind === "decision") return refuse("not-fitting");
    const own = sight.operations.find(({ id }) => id === standing.operationId);
    if (own?.state === "running") return refuse("not-fitting");
    const refusal = shaken(draft);
    if (refusal) return refusal;
    write(draft, "skipped", { by: who.name, stepId, note: reason });
    leave(draft, step, { state: "skipped", by: who.name });
    return null;
  },

  choose(draft, { stepId, option }, { who }) {
    const at = atStep(draft, stepId);
    if ("kind" in at) return at;
    const { step } = at;
    const chosen = step.kind === "decision" ? step.options.find(({ id }) => id === option) : undefined;
    if (!chosen) return refuse("not-fitting");
    const refusal = shaken(draft);
    if (refusal) return refusal;
    write(draft, "chosen", { by: who.name, stepId, note: chosen.id });
    leave(draft, step, { state: "ticked", by: who.name, chosen: chosen.id }, chosen.next);
    return null;
  },

  operation(draft, { stepId, operationId }, { who, operation }) {
    const at = atStep(draft, stepId);
    if ("kind" in at) return at;
    const { step, standing } = at;
    if (standing.operationId === operationId) return null;
    const taken = draft.run.steps.some((one) => one.operationId === operationId) || standing.operationId !== null;
    const early = operation && Date.parse(operation.createdAt) < Date.parse(standing.startedAt ?? draft.run.startedAt);
    if (step.kind !== "action" || !operation || taken || early) return refuse("not-fitting");
    if (operation.scope !== draft.run.scope || operation.action !== step.request.action) return refuse("not-fitting");
    setStep(draft, stepId, { operationId });
    write(draft, "operation", { by: who.name, stepId, operationId });
    return null;
  },

  note(draft, { text }, { who }) {
    // Of a run that has ended the record goes on, but nobody joins it.
    if (OPEN_RUN_STATES.has(draft.run.state)) join(draft, who.name);
    const stepId = currentOf(draft.run, draft.runbook)?.step.id ?? null;
    write(draft, "noted", { by: who.name, stepId, note: text });
    return null;
  },

  join(draft, _command, { who }) {
    join(draft, who.name);
    return null;
  },

  "hand-over"(draft, { to }, { who, runbook, roleOf }) {
    const role = roleOf(to);
    if (to === draft.run.carrier) return refuse("not-fitting");
    if (role === null || !atLeast(role, runbook.role)) return refuse("not-allowed", { role: runbook.role });
    change(draft, { handedTo: to });
    write(draft, "handed-over", { by: who.name, note: to });
    return null;
  },

  "take-over"(draft, _command, { who }) {
    const { carrier } = draft.run;
    if (carrier === who.name) return null;
    change(draft, { carrier: who.name, handedTo: null });
    if (!draft.run.joined.includes(who.name)) change(draft, { joined: [...draft.run.joined, who.name] });
    write(draft, "taken-over", { by: who.name, note: carrier });
    return null;
  },

  pause(draft, { reason }, { who }) {
    if (draft.run.state !== "running") return refuse("not-running");
    change(draft, { state: "paused", pausedAt: draft.at });
    write(draft, "paused", { by: who.name, note: reason });
    return null;
  },

  resume(draft, _command, { who }) {
    if (draft.run.state !== "paused") return refuse("not-running");
    endPause(draft);
    change(draft, { state: "running" });
    write(draft, "resumed", { by: who.name });
    return null;
  },

  overrule(draft, { reason }, { who, sight }) {
    const { contradiction } = draft.run;
    if (draft.run.state !== "stopped" || !contradiction) return refuse("not-running");
    for (const { stepId, untrueSince, judged } of draft.run.steps) {
      if (untrueSince === null) continue;
      const holds = judged?.value === true;
      setStep(draft, stepId, {
        untrueSince: null,
        state: holds ? "ticked" : "skipped",
        ...(holds ? {} : { by: who.name }),
      });
    }
    const at = currentOf(draft.run, draft.runbook);
    if (contradiction.kind === "operation" && at) {
      setStep(draft, at.step.id, { operationId: null, startedAt: draft.at });
    }
    // Who leads now is what the person has seen; where nobody can tell, nothing is expected from here on.
    const { expectedLeader } = draft.run;
    const kept = contradiction.kind === "other-leader" ? null : expectedLeader;
    change(draft, {
      state: "running",
      contradiction: null,
      expectedLeader: expectedLeader === null ? null : (sight.leader?.name ?? kept),
    });
    write(draft, "overruled", { by: who.name, stepId: contradiction.stepId, note: reason });
    return null;
  },

  abandon(draft, { reason }, { who }) {
    endPause(draft);
    change(draft, { state: "abandoned", endedAt: draft.at });
    write(draft, "abandoned", { by: who.name, note: reason });
    return null;
  },
};

function join(draft: Draft, name: string): void {
  if (draft.run.joined.includes(name)) return;
  change(draft, { joined: [...draft.run.joined, name] });
  write(draft, "joined", { by: name });
}

/** Paused time counts for no deadline. */
function endPause(draft: Draft): void {
  const { pausedAt, pausedMs } = draft.run;
  if (pausedAt === null) return;
  const ms = Math.max(0, Date.parse(draft.at) - Date.parse(pausedAt));
  change(draft, { pausedAt: null, pausedMs: pausedMs + ms });
  const at = currentOf(draft.run, draft.runbook);
  if (at?.standing.deadlineAt) {
    setStep(draft, at.step.id, { deadlineAt: instant(Date.parse(at.standing.deadlineAt) + ms) });
  }
}
