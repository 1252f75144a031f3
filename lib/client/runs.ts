"use client";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { RunbooksAnswer } from "@/lib/contract/runbooks";
import type { NewRun, RunAnswer, RunsAnswer } from "@/lib/contract/runs";
import type { RunCommand } from "@/lib/domain/runbooks/run";
import { type ActProblem, actProblemOf, postJson } from "./act";
import { type ApiProblem, getJson, problemOf } from "./api";
import { useCluster } from "./use-live";

/**
 * Runbooks and their runs. Which runs are open, and at which version, comes with each picture of the cluster; the rest is read again when
 * that moves. What a condition comes to now the browser judges itself, by the picture that it has (`lib/domain/runbooks/judge`).
 */

const runKeys = {
  runbooks: (scope: string) => ["cluster", scope, "runbooks"] as const,
  list: (scope: string) => ["cluster", scope, "runs"] as const,
  one: (id: string) => ["run", id] as const,
};

/** Preconditions are judged anew so often, in ms, while somebody looks at the list. */
const LIBRARY_EVERY_MS = 10_000;
/** Other dashboards change runs too. */
const RUN_EVERY_MS = 5_000;
const RUNS_SHOWN = 50;

const inAddress = encodeURIComponent;
export const runsApi = (scope: string): string => `/api/v1/clusters/${inAddress(scope)}/runs`;
export const runApi = (id: string): string => `/api/v1/runs/${inAddress(id)}`;
/** A file to keep: the record of a run in Markdown. */
export const runExportApi = (id: string, locale: string): string => `${runApi(id)}/export?lang=${inAddress(locale)}`;

export type RunReading<T> = {
  /** Null until the first answer. */
  readonly value: T | null;
  /** Why it cannot be read now; `value` is then what was read before. */
  readonly problem: ApiProblem | null;
  reload(): void;
};

/** Every runbook with what it comes to on this cluster; texts as they were written. */
export function useRunbooks(scope: string): RunReading<RunbooksAnswer> {
  const asked = useQuery({
    queryKey: runKeys.runbooks(scope),
    queryFn: async ({ signal }) =>
      (await getJson(`/api/v1/runbooks?scope=${inAddress(scope)}`, signal)) as RunbooksAnswer,
    refetchInterval: LIBRARY_EVERY_MS,
    placeholderData: keepPreviousData,
  });
  return {
    value: asked.data ?? null,
    problem: asked.error ? problemOf(asked.error) : null,
    reload: () => void asked.refetch(),
  };
}

/** Runs of a cluster, open and past, the newest first. */
export function useRuns(scope: string): RunReading<RunsAnswer> {
  const { snapshot } = useCluster(scope);
  const revision = (snapshot?.runs?.runs ?? []).map(({ id, version }) => `${id} ${version}`).join();
  const asked = useQuery({
    queryKey: [...runKeys.list(scope), revision],
    queryFn: async ({ signal }) => (await getJson(`${runsApi(scope)}?limit=${RUNS_SHOWN}`, signal)) as RunsAnswer,
    placeholderData: keepPreviousData,
  });
  return {
    value: asked.data ?? null,
    problem: asked.error ? problemOf(asked.error) : null,
    reload: () => void asked.refetch(),
  };
}

/** One run with its record; read again with every version that the picture of its cluster shows. */
export function useRun(scope: string, id: string): RunReading<RunAnswer> {
  const { snapshot } = useCluster(scope);
  const version = snapshot?.runs?.runs.find((one) => one.id === id)?.version ?? null;
  const asked = useQuery({
    queryKey: [...runKeys.one(id), version],
    queryFn: async ({ signal }) => (await getJson(runApi(id), signal)) as RunAnswer,
    placeholderData: keepPreviousData,
    refetchInterval: RUN_EVERY_MS,
  });
  return {
    value: asked.data ?? null,
    problem: asked.error ? problemOf(asked.error) : null,
    reload: () => void asked.refetch(),
  };
}

export type RunDeed<Input> = {
  /** Sends it once; the run as it is then, or null where it was not done. */
  run(input: Input): Promise<RunAnswer | null>;
  readonly running: boolean;
  readonly problem: ActProblem | null;
};

function useRunDeed<Input>(path: (input: Input) => string, body: (input: Input) => unknown): RunDeed<Input> {
  const client = useQueryClient();
  const deed = useMutation({
    retry: false,
    networkMode: "always",
    mutationFn: async (input: Input) => (await postJson(path(input), body(input))) as RunAnswer,
    onSuccess: (answer) =>
      client.setQueriesData({ queryKey: runKeys.one(answer.run.id) }, (held: RunAnswer | undefined) =>
        held && held.run.version > answer.run.version ? held : answer,
      ),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ["run"] }),
        client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === "cluster" && queryKey[2] === "runs" }),
      ]),
  });
  return {
    run: (input) =>
      deed.mutateAsync(input).then(
        (answer) => answer,
        () => null,
      ),
    running: deed.isPending,
    problem: deed.error ? actProblemOf(deed.error) : null,
  };
}

/** Begins a run on a cluster; who asks carries it. */
export const useBeginRun = (scope: string): RunDeed<NewRun> =>
  useRunDeed(
    () => runsApi(scope),
    (asked) => asked,
  );

/** Does something to a run, at the version that the person saw. */
export const useRunCommand = (id: string): RunDeed<{ readonly version: number; readonly command: RunCommand }> =>
  useRunDeed(
    () => `${runApi(id)}/commands`,
    (asked) => asked,
  );
