"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { NewWall, WallLink, WallsAnswer } from "@/lib/contract/walls";
import type { Wall } from "@/lib/domain/wall";
import { type ActProblem, actProblemOf, postJson } from "./act";
import { getJson, problemOf } from "./api";

const KEY = ["walls"] as const;
const EVERY_MS = 5_000;

/** The walls that there are, read again every few seconds while somebody looks. */
export function useWalls() {
  const asked = useQuery({
    queryKey: KEY,
    refetchInterval: EVERY_MS,
    queryFn: async ({ signal }) => ((await getJson("/api/v1/walls", signal)) as WallsAnswer).walls,
  });
  return {
    /** Null until the first answer. */
    walls: asked.data ?? null,
    problem: asked.error ? problemOf(asked.error) : null,
    again: () => void asked.refetch(),
  };
}

export type WallDeed<Input, Answer> = {
  /** Sends it once; null when it was not done. */
  run(input: Input): Promise<Answer | null>;
  readonly running: boolean;
  readonly problem: ActProblem | null;
};

function useDeed<Input, Answer>(
  path: (input: Input) => string,
  body: (input: Input) => unknown,
): WallDeed<Input, Answer> {
  const client = useQueryClient();
  const deed = useMutation({
    retry: false,
    networkMode: "always",
    // What is answered may hold a link: it is handed over and not kept.
    gcTime: 0,
    mutationFn: async (input: Input) => (await postJson(path(input), body(input))) as Answer,
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  });
  return {
    run: (input) => deed.mutateAsync(input).catch(() => null),
    running: deed.isPending,
    problem: deed.error ? actProblemOf(deed.error) : null,
  };
}

const nothing = () => ({});
const pathOf = (id: string, deed: "arm" | "revoke") => `/api/v1/walls/${encodeURIComponent(id)}/${deed}`;

export const useNewWall = () =>
  useDeed<NewWall, WallLink>(
    () => "/api/v1/walls",
    (wall) => wall,
  );
export const useArmWall = () => useDeed<{ readonly id: string }, WallLink>(({ id }) => pathOf(id, "arm"), nothing);
export const useRevokeWall = () => useDeed<{ readonly id: string }, Wall>(({ id }) => pathOf(id, "revoke"), nothing);

/** What became of a link that this browser was opened with. `again`: nothing was decided, and it may be tried once more. */
export type Entry = "entered" | "unknown" | "used" | "over" | "again";

/** Exchanges a link's token for the wall's cookie. */
export async function enterWall(token: string): Promise<Entry> {
  try {
    await postJson("/api/walls/enter", { token });
    return "entered";
  } catch (error) {
    return ENTRY_OF_CODE[actProblemOf(error).code] ?? "again";
  }
}

const ENTRY_OF_CODE: Partial<Record<ActProblem["code"], Entry>> = {
  "not-found": "unknown",
  "bad-request": "unknown",
  "link-used": "used",
  "link-over": "over",
};
