/** What went wrong with a call, matched on `kind`. `status` is null when no answer came at all. */
export type ApiProblem = {
  readonly kind: "unauthorized" | "forbidden" | "not-found" | "unavailable" | "network" | "malformed" | "failed";
  readonly status: number | null;
  readonly detail: string | null;
};

export class ApiError extends Error {
  readonly problem: ApiProblem;
  constructor(problem: ApiProblem) {
    super(problem.detail ?? problem.kind);
    this.problem = problem;
  }
}

const KIND_BY_STATUS: Readonly<Record<number, ApiProblem["kind"]>> = {
  401: "unauthorized",
  403: "forbidden",
  404: "not-found",
  503: "unavailable",
};

export const problemOf = (error: unknown): ApiProblem =>
  typeof error === "object" && error !== null && "problem" in error
    ? (error as ApiError).problem
    : { kind: "network", status: null, detail: null };

/** GETs JSON of our own server. Throws an error that carries an {@link ApiProblem}. */
export async function getJson(path: string, signal?: AbortSignal): Promise<unknown> {
  const answer = await fetch(path, {
    headers: { accept: "application/json" },
    credentials: "same-origin",
    cache: "no-store",
    ...(signal ? { signal } : {}),
  }).catch((cause: unknown) => {
    throw new ApiError({ kind: "network", status: null, detail: cause instanceof Error ? cause.message : null });
  });
  const body: unknown = await answer.json().catch(() => undefined);
  if (!answer.ok) {
    throw new ApiError({
      kind: KIND_BY_STATUS[answer.status] ?? "failed",
      status: answer.status,
      detail: detailOf(body),
    });
  }
  if (body === undefined) throw new ApiError({ kind: "malformed", status: answer.status, detail: null });
  return body;
}

function detailOf(body: unknown): string | null {
  if (typeof body !== "object" || body === null) return null;
  const { detail, title } = body as { detail?: unknown; title?: unknown };
  if (typeof detail === "string") return detail;
  return typeof title === "string" ? title : null;
}
