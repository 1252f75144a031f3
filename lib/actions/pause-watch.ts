import type { Operation, PauseNote } from "@/lib/domain/actions/operation";
import { warningsOf } from "@/lib/domain/actions/plan";
import type { ClusterScope, EpochMs } from "@/lib/domain/ids";
import { know } from "@/lib/domain/observation";
import { execute } from "./execute";
import type { Picture } from "./pictures";
import { makePlan } from "./plan";
import { ITSELF } from "./who";
import type { Works } from "./works";

/** A view of the cluster this young may be older than the pause, where it is read through Patroni, in ms. */
const SETTLED_AFTER_MS = 5_000;
/** What could not be resumed is tried again this often, in ms. */
const RETRY_MS = 60_000;

export type PauseWatch = {
  /** Takes the notes of all clusters from the store, as another dashboard may have written one. */
  load(): Promise<void>;
  /** Notes who paused the cluster, or that it was resumed, when such an operation has ended. */
  ended(operation: Operation): void;
  /** Forgets a note once the cluster is seen to be resumed, by whomever; resumes by itself where that was asked for. */
  look(scope: ClusterScope, picture: Picture): void;
};

/** Keeps who paused a cluster, why and until when. After its end nothing happens by itself, unless that was asked for. */
export function watchPauses(works: () => Works): PauseWatch {
  const triedAt = new Map<string, EpochMs>();

  function keep(scope: ClusterScope, note: PauseNote | null) {
    const { board, late, store } = works();
    board.setPause(scope, note);
    void late.write(`pause:${scope}`, () => store.setPause(scope, note));
  }

  return {
    async load() {
      const { clusters, store, board } = works();
      for (const { scope } of clusters) {
        const note = await store.pause(scope);
        if (note.ok && note.value && !board.pause(scope)) board.setPause(scope, note.value);
      }
    },
    ended(operation) {
      const scope = operation.scope as ClusterScope;
      if (operation.state !== "done") return;
      if (operation.request.action === "resume") keep(scope, null);
      if (operation.request.action !== "pause") return;
      const { until, resumeAtEnd } = operation.request;
      const since = operation.endedAt ?? operation.createdAt;
      keep(scope, { owner: operation.actor, reason: operation.reason, since, until, resumeAtEnd });
    },
    look(scope, { state }) {
      const { board, now } = works();
      const note = board.pause(scope);
      if (!note) return;
      const view = know(state.dcs, now());
      if (view.state !== "fresh" || view.at - Date.parse(note.since) < SETTLED_AFTER_MS) return;
      if (!view.value.pause) return keep(scope, null);
      const due = note.resumeAtEnd && note.until !== null && Date.parse(note.until) <= now();
      if (!due || now() - (triedAt.get(scope) ?? 0) < RETRY_MS) return;
      triedAt.set(scope, now());
      void resumeAtEnd(works(), scope, note);
    },
  };
}

/** The same way that a person goes, with the same checks; what warns was accepted by whoever asked for it. */
async function resumeAtEnd(works: Works, scope: ClusterScope, note: PauseNote): Promise<void> {
  const planned = await makePlan(works, ITSELF, scope, { action: "resume" });
  if (planned.kind === "refused") return;
  const { plan } = planned;
  await execute(works, ITSELF, scope, {
    planId: plan.id,
    confirmation: plan.confirm,
    reason: `The pause that ${note.owner} asked for has reached its end: ${note.reason}`,
    acknowledged: warningsOf(plan.checks).map(({ id }) => id),
    overridden: [],
  });
}
