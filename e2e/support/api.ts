import { SCOPE } from "@/lab/index";
import type { OperationAnswer } from "@/lib/contract/actions/operation";
import type { PlanAnswer } from "@/lib/contract/actions/plan";
import type { Problem } from "@/lib/contract/problem";
import { OPEN_STATES } from "@/lib/domain/actions/operation";
import type { ActionRequest } from "@/lib/domain/actions/request";
import type { ActorName } from "./accounts";
import type { Dashboard } from "./dashboard";
import { until } from "./until";

/** What the interface answered: the body of a success, or the problem of a refusal. */
export type Answered<T> =
  | { readonly ok: true; readonly status: number; readonly body: T }
  | { readonly ok: false; readonly status: number; readonly problem: Problem };

export type Confirming = {
  readonly confirmation?: string;
  readonly reason?: string;
  readonly acknowledged?: readonly string[];
  readonly overridden?: readonly string[];
};

/** The interface of one dashboard, as a program with a token of its own uses it. */
export type Api = {
  call<T>(method: string, path: string, body?: unknown): Promise<Answered<T>>;
  plan(request: ActionRequest): Promise<PlanAnswer>;
  /** Confirms with the right scope, a reason, and every warning of the plan acknowledged, unless told otherwise. */
  execute(plan: PlanAnswer, over?: Confirming): Promise<Answered<OperationAnswer>>;
  operation(id: string): Promise<OperationAnswer>;
  /** The operation once it has ended. */
  ended(id: string, deadlineMs: number): Promise<OperationAnswer>;
};

const CALL_MS = 30_000;

export function apiOf(dashboard: Dashboard, actor: ActorName = "operator"): Api {
  const token = dashboard.accounts.actors[actor];
  const root = `${dashboard.baseUrl}/api/v1`;

  async function call<T>(method: string, path: string, body?: unknown): Promise<Answered<T>> {
    const answer = await fetch(`${root}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(CALL_MS),
    });
    const text = await answer.text();
    const json = (text === "" ? null : JSON.parse(text)) as unknown;
    if (answer.ok) return { ok: true, status: answer.status, body: json as T };
    return { ok: false, status: answer.status, problem: json as Problem };
  }

  async function got<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await call<T>(method, path, body);
    if (answer.ok) return answer.body;
    throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.problem)}`);
  }

  const operation = (id: string) => got<OperationAnswer>("GET", `/operations/${id}`);
  return {
    call,
    operation,
    plan: (request) => got<PlanAnswer>("POST", `/clusters/${SCOPE}/plans`, request),
    execute: (plan, over = {}) =>
      call<OperationAnswer>("POST", `/clusters/${SCOPE}/operations`, {
        planId: plan.id,
        confirmation: plan.confirm,
        reason: "a test of the guarded actions",
        acknowledged: plan.checks.filter(({ status }) => status === "warn").map(({ id }) => id),
        overridden: [],
        ...over,
      }),
    async ended(id, deadlineMs) {
      let last: OperationAnswer | null = null;
      return await until(
        async () => {
          last = await operation(id);
          return OPEN_STATES.has(last.state) ? undefined : last;
        },
        { deadlineMs, everyMs: 250, what: `operation ${id} to end`, seen: () => last },
      );
    },
  };
}

/** What blocks a plan, in ids; a plan that is to be executed must have none. */
export const blockedBy = (plan: PlanAnswer): readonly string[] =>
  plan.checks.filter(({ status }) => status === "block").map(({ id }) => id);

/** The last part of a problem's type. */
export const codeOf = (answer: Answered<unknown>): string | null =>
  answer.ok ? null : (answer.problem.type.split(":").at(-1) ?? null);
