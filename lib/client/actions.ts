"use client";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Operation } from "@/lib/domain/actions/operation";
import type { Plan } from "@/lib/domain/actions/plan";
import type { ActionRequest } from "@/lib/domain/actions/request";
import { type ActProblem, actProblemOf, postJson } from "./act";
import { operationApi, operationKeys, operationsApi } from "./operations";

export type Planning = {
  /** The plan of the request that was asked for last; while a newer one is on its way, the one before, and `settled` is false. */
  readonly plan: Plan | null;
  /** True when `plan` is of exactly this request: only then may it be confirmed. */
  readonly settled: boolean;
  readonly problem: ActProblem | null;
};

/**
 * The plan of a request, made by the server when the request or `attempt` changes; never made again by itself. Null: the request is not
 * complete yet. A plan changes nothing, so one that nobody waits for any more may be dropped.
 */
export function usePlan(scope: string, request: ActionRequest | null, attempt: number): Planning {
  const asked = useQuery({
    queryKey: ["cluster", scope, "plan", request, attempt],
    enabled: request !== null,
    queryFn: async ({ signal }) =>
      (await postJson(`/api/v1/clusters/${encodeURIComponent(scope)}/plans`, request, signal)) as Plan,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });
  const settled = request !== null && asked.isSuccess && !asked.isPlaceholderData;
  return {
    plan: asked.data ?? null,
    settled,
    problem: asked.error && !asked.isFetching ? actProblemOf(asked.error) : null,
  };
}

/** What a person confirmed, as `POST /clusters/{scope}/operations` takes it. */
export type Confirmed = {
  readonly planId: string;
  readonly confirmation: string;
  readonly reason: string;
  readonly acknowledged: readonly string[];
  readonly overridden: readonly string[];
};

type Deed<Input> = {
  /** Sends it once; answers with the operation, or with why not. */
  run(input: Input): Promise<Operation | ActProblem>;
  readonly running: boolean;
  readonly problem: ActProblem | null;
  reset(): void;
};

export const isProblem = (answer: Operation | ActProblem): answer is ActProblem => "code" in answer;

function useDeed<Input>(send: (input: Input) => Promise<unknown>): Deed<Input> {
  const client = useQueryClient();
  const deed = useMutation({
    // Nothing that acts is ever sent a second time by itself.
    retry: false,
    networkMode: "always",
    mutationFn: async (input: Input) => (await send(input)) as Operation,
    onSuccess: (operation) => client.setQueryData(operationKeys.one(operation.id), operation),
  });
  return {
    run: (input) => deed.mutateAsync(input).catch(actProblemOf),
    running: deed.isPending,
    problem: deed.error ? actProblemOf(deed.error) : null,
    reset: deed.reset,
  };
}

/** Executes a plan. A plan serves once, so that a second try after a lost answer cannot do it twice. */
export const useExecute = (scope: string): Deed<Confirmed> =>
  useDeed((confirmed: Confirmed) => postJson(operationsApi(scope), confirmed));

/** Approves what another operator asked for. */
export const useApprove = (): Deed<{ readonly id: string }> =>
  useDeed(({ id }: { readonly id: string }) => postJson(`${operationApi(id)}/approve`, {}));

/** Takes back, or declines, what waits for approval. */
export const useWithdraw = (): Deed<{ readonly id: string; readonly reason: string }> =>
  useDeed(({ id, reason }: { readonly id: string; readonly reason: string }) =>
    postJson(`${operationApi(id)}/withdraw`, { reason }),
  );
