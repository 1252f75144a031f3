"use client";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { AlertsAnswer, DeliveriesAnswer, NewSilence, NotifiersAnswer } from "@/lib/contract/alerts";
import type { Alert, Delivery, Silence } from "@/lib/domain/alerts/types";
import { type ActProblem, actProblemOf, postJson } from "./act";
import { type ApiProblem, getJson, problemOf } from "./api";

/** What is open comes with each cluster's picture; what is over, and what was sent, is read again every few seconds while somebody looks. */

const EVERY_MS = 5_000;
const RESOLVED_MAX = 50;
const DELIVERIES_MAX = 50;
const KEY = "alerts";

export type Reading<T> = {
  /** Null until the first answer. */
  readonly value: T | null;
  /** Why it cannot be read now; `value` is then what was read before. */
  readonly problem: ApiProblem | null;
  again(): void;
};

function useReading<T>(name: string, path: string): Reading<T> {
  const asked = useQuery({
    queryKey: [KEY, name, path],
    refetchInterval: EVERY_MS,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => (await getJson(path, signal)) as T,
  });
  return {
    value: asked.data ?? null,
    problem: asked.error ? problemOf(asked.error) : null,
    again: () => void asked.refetch(),
  };
}

/** Alerts that are over, the newest first, of one cluster or of all. */
export const useResolvedAlerts = (scope: string | null): Reading<AlertsAnswer> => {
  const query = new URLSearchParams({ state: "resolved", limit: String(RESOLVED_MAX) });
  if (scope !== null) query.set("scope", scope);
  return useReading<AlertsAnswer>("resolved", `/api/v1/alerts?${query}`);
};

export const useDeliveries = (): Reading<DeliveriesAnswer> =>
  useReading<DeliveriesAnswer>("deliveries", `/api/v1/alerts/deliveries?limit=${DELIVERIES_MAX}`);

export const useNotifiers = (): Reading<NotifiersAnswer> =>
  useReading<NotifiersAnswer>("notifiers", "/api/v1/alerts/notifiers");

export type AlertDeed<Input, Answer> = {
  /** Sends it once; true when it was done. */
  run(input: Input): Promise<boolean>;
  readonly running: boolean;
  readonly problem: ActProblem | null;
  readonly answer: Answer | null;
};

function useDeed<Input, Answer>(
  path: (input: Input) => string,
  body: (input: Input) => unknown,
): AlertDeed<Input, Answer> {
  const client = useQueryClient();
  const deed = useMutation({
    retry: false,
    networkMode: "always",
    mutationFn: async (input: Input) => (await postJson(path(input), body(input))) as Answer,
    onSettled: () => client.invalidateQueries({ queryKey: [KEY] }),
  });
  return {
    run: (input) =>
      deed.mutateAsync(input).then(
        () => true,
        () => false,
      ),
    running: deed.isPending,
    problem: deed.error ? actProblemOf(deed.error) : null,
    answer: deed.data ?? null,
  };
}

const inAddress = encodeURIComponent;

export const useAcknowledge = () =>
  useDeed<{ readonly id: string; readonly note: string }, Alert>(
    ({ id }) => `/api/v1/alerts/${inAddress(id)}/acknowledge`,
    ({ note }) => ({ note }),
  );

export const useNewSilence = () =>
  useDeed<NewSilence, Silence>(
    () => "/api/v1/silences",
    (silence) => silence,
  );

export const useEndSilence = () =>
  useDeed<{ readonly id: string }, Silence>(
    ({ id }) => `/api/v1/silences/${inAddress(id)}/end`,
    () => ({}),
  );

export const useTestNotifier = () =>
  useDeed<{ readonly name: string }, Delivery>(
    ({ name }) => `/api/v1/alerts/notifiers/${inAddress(name)}/test`,
    () => ({}),
  );
