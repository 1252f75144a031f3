import type { ClusterScope } from "@/lib/domain/ids";
import type { Run, RunBoard, RunShort } from "@/lib/domain/runbooks/run";
import type { Runbook } from "@/lib/domain/runbooks/runbook";
import type { RunParts } from "./types";

type Loaded = { readonly run: Run; readonly runbook: Runbook };

/** How often what drills have proven is read again, in ms: another dashboard may have measured one. */
const PROVEN_EVERY_MS = 30_000;

/** What every reader of a cluster's picture is told of runs. Nothing is shown before the store was read once: it is not known before. */
export type Boards = {
  known(): void;
  show(open: readonly Loaded[]): void;
  readProven(): Promise<void>;
  /** What was proven has changed. */
  forget(scope: ClusterScope): void;
};

export function createBoards({ scopes, collectors, store, now }: RunParts): Boards {
  const proven = new Map<string, RunBoard["proven"]>();
  const readAt = new Map<string, number>();
  const shown = new Map<string, string>();
  let isKnown = false;

  return {
    known() {
      isKnown = true;
    },
    async readProven() {
      for (const scope of scopes) {
        if (now() - (readAt.get(scope) ?? 0) < PROVEN_EVERY_MS) continue;
        const stored = await store.proven(scope);
        if (!stored.ok) continue;
        proven.set(scope, stored.value);
        readAt.set(scope, now());
      }
    },
    forget: (scope) => void readAt.delete(scope),
    show(open) {
      if (!isKnown) return;
      for (const scope of scopes) {
        const told = proven.get(scope);
        if (!told) continue;
        const board: RunBoard = {
          runs: open
            .filter(({ run }) => run.scope === scope)
            .sort(oldestFirst)
            .map(shortOf),
          proven: told,
        };
        const text = JSON.stringify(board);
        if (shown.get(scope) === text) continue;
        shown.set(scope, text);
        collectors.setRuns(scope, board);
      }
    },
  };
}

const oldestFirst = (a: Loaded, b: Loaded): number => Date.parse(a.run.startedAt) - Date.parse(b.run.startedAt);

function shortOf({ run, runbook }: Loaded): RunShort {
  const { id, runbookId, state, carrier, handedTo, startedAt, contradiction, version, steps } = run;
  const at = steps.findIndex((one) => one.state === "current");
  const step = { number: at + 1, of: steps.length };
  return { id, runbookId, title: runbook.title, state, carrier, handedTo, startedAt, step, contradiction, version };
}
