import type { Operation } from "@/lib/domain/actions/operation";
import { approve, withdraw } from "./approve";
import { createBoard } from "./board";
import type { ActionsDeps } from "./deps";
import { execute } from "./execute";
import { createLate } from "./late";
import { watchPauses } from "./pause-watch";
import { followPictures } from "./pictures";
import { makePlan } from "./plan";
import { sweep } from "./resume";
import type { Actions } from "./types";
import { whoOf } from "./who";
import type { Works } from "./works";

/** The store is gone through this often for what nobody carries and for what others do, in ms. */
const SWEEP_EVERY_MS = 5_000;
/** On leaving, what could not be written yet gets this long, in ms. */
const CLOSE_WITHIN_MS = 1_000;
/** What has ended lately is shown again after a restart; so many are looked through for it. */
const LATELY = 10;

/** The one way to act. Begins at once to carry on what an earlier process left open; `close` leaves the same to the next one. */
export function createActions(deps: ActionsDeps): Actions & { readonly resumed: Promise<void> } {
  const scopes = deps.clusters.map(({ scope }) => scope);
  const pictures = followPictures(deps.collectors, scopes);
  const pauses = watchPauses(() => works);
  const works: Works = {
    ...deps,
    board: createBoard(deps.collectors, deps.now),
    late: createLate(),
    pictures,
    carriers: new Map(),
    starting: new Set(),
    ended: (operation) => pauses.ended(operation),
  };
  const elsewhere = new Map<string, Operation>();
  let closed = false;
  let closing: Promise<void> | null = null;
  let sweeping: Promise<void> = Promise.resolve();

  for (const scope of scopes) {
    works.board.show(scope);
    pictures.onNext(scope, (picture) => pauses.look(scope, picture));
  }

  async function sweepOnce(starting: boolean) {
    try {
      await sweep(works, elsewhere, starting);
      await pauses.load();
    } catch (error) {
      console.error("Open operations could not be gone through:", error);
    }
    for (const scope of scopes) works.board.show(scope);
  }

  async function showLately() {
    for (const scope of scopes) {
      const lately = await deps.store.operations(scope, { before: null, limit: LATELY });
      if (lately.ok) for (const operation of lately.value) if (operation.endedAt !== null) works.board.put(operation);
    }
  }

  const resumed = showLately().then(() => sweepOnce(true));
  sweeping = resumed;
  const timer = setInterval(() => {
    sweeping = sweeping.then(() => (closed ? undefined : sweepOnce(false)));
  }, SWEEP_EVERY_MS);
  timer.unref();

  async function leave() {
    closed = true;
    clearInterval(timer);
    pictures.close();
    await Promise.all([...works.carriers.values()].map((carrier) => carrier.stop()));
    await works.late.close(CLOSE_WITHIN_MS);
  }

  return {
    plan: (asker, scope, request) => makePlan(works, whoOf(asker), scope, request),
    execute: (asker, scope, confirmation) => execute(works, whoOf(asker), scope, confirmation),
    approve: (asker, id) => approve(works, whoOf(asker), id),
    withdraw: (asker, id, reason) => withdraw(works, whoOf(asker), id, reason),
    store: deps.store,
    audit: deps.audit,
    resumed,
    close() {
      closing ??= leave();
      return closing;
    },
  };
}
