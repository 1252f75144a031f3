import type { Problem, ProblemCode } from "@/lib/contract/problem";
import type { LockHolder } from "@/lib/domain/actions/facts";
import type { Message } from "@/lib/domain/message";

/** Why the server would not do what was asked, matched on `code`. */
export type ActProblem = {
  /** `network`: no answer came, so that it is not known whether the server heard us. `malformed`: an answer, but not one of ours. */
  readonly code: ProblemCode | "network" | "malformed";
  /** HTTP status; null when no answer came at all. */
  readonly status: number | null;
  readonly detail: string | null;
  /** What moved, blocks or was not acknowledged. */
  readonly reasons: readonly Message[];
  /** Who was first, for `busy`. */
  readonly holder: LockHolder | null;
  /** The refused operation, or the one that used the plan. */
  readonly operationId: string | null;
};

export class ActError extends Error {
  readonly problem: ActProblem;
  constructor(problem: ActProblem) {
    super(problem.detail ?? problem.code);
    this.problem = problem;
  }
}

const bare = (code: ActProblem["code"], status: number | null, detail: string | null): ActProblem => ({
  code,
  status,
  detail,
  reasons: [],
  holder: null,
  operationId: null,
});

export const actProblemOf = (error: unknown): ActProblem =>
  typeof error === "object" && error !== null && "problem" in error
    ? (error as ActError).problem
    : bare("malformed", null, error instanceof Error ? error.message : null);

/** POSTs JSON to our own server, once. Throws an error that carries an {@link ActProblem}. */
export async function postJson(path: string, body: unknown, signal?: AbortSignal): Promise<unknown> {
  const answer = await fetch(path, {
    method: "POST",
    headers: { accept: "application/json", "content-type": "application/json" },
    credentials: "same-origin",
    cache: "no-store",
    body: JSON.stringify(body),
    ...(signal ? { signal } : {}),
  }).catch((cause: unknown) => {
    throw new ActError(bare("network", null, cause instanceof Error ? cause.message : null));
  });
  const content: unknown = await answer.json().catch(() => undefined);
  if (!answer.ok) throw new ActError(problemIn(answer.status, content));
  if (typeof content !== "object" || content === null) throw new ActError(bare("malformed", answer.status, null));
  return content;
}

const TYPE_PREFIX = "urn:matriarch:problem:";

function problemIn(status: number, content: unknown): ActProblem {
  const told = (typeof content === "object" && content !== null ? content : {}) as Partial<Problem>;
  const code = told.type?.startsWith(TYPE_PREFIX) ? (told.type.slice(TYPE_PREFIX.length) as ProblemCode) : null;
  if (code === null) return bare("malformed", status, null);
  return {
    code,
    status,
    detail: told.detail ?? null,
    reasons: told.reasons ?? [],
    holder: told.holder ?? null,
    operationId: told.operationId ?? null,
  };
}
