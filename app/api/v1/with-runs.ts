import type { Actor } from "@/lib/auth/actor";
import { peerOf } from "@/lib/auth/peer";
import { config } from "@/lib/config/current";
import { jsonResponse } from "@/lib/contract/json";
import { problemResponse } from "@/lib/contract/problem";
import type { RunAnswer } from "@/lib/contract/runs";
import type { FilledRunbook } from "@/lib/domain/runbooks/fill-runbook";
import type { RunbookPlaces } from "@/lib/domain/runbooks/places";
import type { Run } from "@/lib/domain/runbooks/run";
import type { Runbook } from "@/lib/domain/runbooks/runbook";
import { live } from "@/lib/live/current";
import { runs } from "@/lib/runbooks/current";
import { library } from "@/lib/runbooks/library";
import { placesOf } from "@/lib/runbooks/places";
import type { RunAnswered, RunAsker, RunDesk, RunRefusal, RunWhole } from "@/lib/runbooks/types";

/** Answers by the desk of runs; a problem until it was started. */
export async function withRuns(answer: (desk: RunDesk) => Promise<Response> | Response): Promise<Response> {
  const desk = runs();
  return desk ? answer(desk) : problemResponse("not-started");
}

export const runAskerOf = (request: Request, { name, role }: Actor): RunAsker => ({
  name,
  role,
  from: peerOf(request.headers, config().server),
});

export const sendRunRefusal = ({ code, detail, text, runId }: RunRefusal): Response =>
  problemResponse(
    code,
    detail,
    {},
    {
      ...(text === null ? {} : { reasons: [text] }),
      ...(runId === null ? {} : { runId }),
    },
  );

/** What texts are filled from beside the picture; null for a cluster that is not configured. */
export function placesNow(scope: string): RunbookPlaces | null {
  const cluster = config().clusters.find((one) => one.scope === scope);
  return cluster ? placesOf(cluster, live()?.state(scope)?.vitals ?? null) : null;
}

/** A runbook as it reads for a cluster now; as it was written where that cluster was never looked at. */
export function readNow(scope: string, runbook: Runbook, inputs: Run["inputs"]): FilledRunbook {
  const picture = live()?.snapshot(scope) ?? null;
  return (picture && library()?.fill(runbook, picture, inputs)) ?? { runbook, unfilled: [] };
}

/** A run with its runbook, whose texts are filled where that is asked for. */
export function answerOf({ run, runbook, entries, measured, proof }: RunWhole, filled: boolean) {
  const read = readNow(run.scope, runbook, run.inputs);
  return {
    run,
    runbook: filled ? read.runbook : runbook,
    unfilled: read.unfilled,
    places: placesNow(run.scope),
    entries,
    measured,
    proof,
  } satisfies { [K in keyof RunAnswer]: unknown };
}

export const sendRun = (answered: RunAnswered<RunWhole>, status = 200): Response =>
  answered.kind === "ok" ? jsonResponse(answerOf(answered.value, false), status) : sendRunRefusal(answered);

/** What was found, unless it belongs to a cluster that is not configured (any more). */
export const isOfOurs = ({ run }: Pick<RunWhole, "run">): boolean =>
  config().clusters.some(({ scope }) => scope === run.scope);

export const noSuchRun = (): Response => problemResponse("not-found", "There is no such run.");
