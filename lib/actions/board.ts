import type { Collectors } from "@/lib/collectors/current";
import { OPEN_STATES, type Operation, type OperationView, type PauseNote } from "@/lib/domain/actions/operation";
import type { ClusterScope, EpochMs } from "@/lib/domain/ids";

/** What has ended stays on the board for this long, in ms, and at most so many of it. */
const KEPT_MS = 600_000;
const KEPT_MAX = 5;

/** What every reader of a cluster's picture is told of actions. */
export type Board = {
  put(operation: Operation): void;
  setPause(scope: ClusterScope, note: PauseNote | null): void;
  pause(scope: ClusterScope): PauseNote | null;
  /** Shows an empty board too: that nothing runs is known from then on. Called again as time takes old ones away. */
  show(scope: ClusterScope): void;
};

export function createBoard(collectors: Pick<Collectors, "setBoard">, now: () => EpochMs): Board {
  const operations = new Map<string, Operation>();
  const notes = new Map<string, PauseNote>();
  const shown = new Map<string, string>();

  function show(scope: ClusterScope) {
    const here = [...operations.values()].filter((one) => one.scope === scope);
    const lately = here.filter((one) => one.endedAt !== null && now() - Date.parse(one.endedAt) < KEPT_MS);
    const open = here.filter((one) => OPEN_STATES.has(one.state));
    const kept = [...open.sort(newestFirst), ...lately.sort(newestFirst).slice(0, KEPT_MAX)];
    for (const one of here) if (!kept.includes(one)) operations.delete(one.id);
    const board = { operations: kept.map(viewOf), pause: notes.get(scope) ?? null };
    const text = JSON.stringify(board);
    if (shown.get(scope) === text) return;
    shown.set(scope, text);
    collectors.setBoard(scope, board);
  }

  return {
    put(operation) {
      operations.set(operation.id, operation);
      show(operation.scope as ClusterScope);
    },
    setPause(scope, note) {
      if (note) notes.set(scope, note);
      else notes.delete(scope);
      show(scope);
    },
    pause: (scope) => notes.get(scope) ?? null,
    show,
  };
}

const newestFirst = (a: Operation, b: Operation): number => Date.parse(b.createdAt) - Date.parse(a.createdAt);

export function viewOf(operation: Operation): OperationView {
  const { fence: _fence, acknowledged: _a, overridden: _o, role: _role, from: _from, boot: _boot, ...view } = operation;
  return view;
}
