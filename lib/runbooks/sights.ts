import type { Stored } from "@/lib/db/types";
import { OPEN_STATES, type OperationView } from "@/lib/domain/actions/operation";
import type { EpochMs } from "@/lib/domain/ids";
import { judge } from "@/lib/domain/runbooks/judge";
import type { Run } from "@/lib/domain/runbooks/run";
import { leaderSeen, type RunSight } from "@/lib/domain/runbooks/sight";
import type { Snapshot } from "@/lib/domain/snapshot";
import type { RunParts } from "./types";

/** A cluster is drawn at least every second: a picture older than this, in ms, is of a collector that is stuck. */
const PICTURE_MAX_MS = 15_000;

/** What runs see: the newest picture of each cluster, and operations that its board does not show any more. */
export type Sights = {
  see(picture: Snapshot): void;
  /** Without a picture that is new enough everything is unknown. */
  of(run: Pick<Run, "scope" | "inputs">): RunSight;
  picture(scope: string): Snapshot | null;
  /** Asks the store for what a run follows and the board does not show. */
  follow(runs: readonly Run[]): Promise<void>;
};

export function createSights({ operation, now }: Pick<RunParts, "operation" | "now">): Sights {
  const pictures = new Map<string, { readonly picture: Snapshot; readonly at: EpochMs }>();
  const followed = new Map<string, OperationView>();

  const picture = (scope: string): Snapshot | null => {
    const seen = pictures.get(scope);
    return seen && now() - seen.at <= PICTURE_MAX_MS ? seen.picture : null;
  };
  const onBoard = (scope: string): readonly OperationView[] => picture(scope)?.actions?.operations ?? [];

  return {
    see: (seen) => void pictures.set(seen.scope, { picture: seen, at: now() }),
    picture,
    of({ scope, inputs }) {
      const seen = picture(scope);
      if (!seen) return { now: now(), judge: () => UNKNOWN, leader: null, operations: [...followed.values()] };
      const board = onBoard(scope);
      const others = [...followed.values()].filter(({ id }) => !board.some((one) => one.id === id));
      return {
        now: now(),
        judge: (condition) => judge(condition, { picture: seen, inputs }),
        leader: leaderSeen(seen),
        operations: [...board, ...others.filter((one) => one.scope === scope)],
      };
    },
    async follow(runs) {
      const wanted = runs.flatMap(({ scope, steps }) =>
        steps.flatMap(({ state, operationId }) =>
          state === "current" && operationId !== null && !onBoard(scope).some(({ id }) => id === operationId)
            ? [operationId]
            : [],
        ),
      );
      for (const id of followed.keys()) if (!wanted.includes(id)) followed.delete(id);
      for (const id of wanted) {
        const known = followed.get(id);
        if (known && !OPEN_STATES.has(known.state)) continue;
        const stored: Stored<OperationView | null> = await operation(id);
        if (stored.ok && stored.value) followed.set(id, stored.value);
      }
    },
  };
}

const UNKNOWN = { value: false, known: false } as const;
