import type { Store, Stored, StoreFailure } from "@/lib/db/types";
import { type AlertChange, applyChange } from "@/lib/domain/alerts/change";
import { type AlertModel, EMPTY_MODEL } from "@/lib/domain/alerts/model";
import type { EpochMs } from "@/lib/domain/ids";
import { readModel } from "./store/read";
import { statementsOf } from "./store/statements";

/**
 * What dashboards share of alerts: the stored model, and on top of it what this one has changed and the store has not taken yet. While
 * the store is away alerting goes on by memory; what was changed then is written when it is back.
 */
export type Book = {
  model(): AlertModel;
  /**
   * `shared`: what it says was read from the store a moment ago. `memory`: the store has been away for long, and what it says is this
   * dashboard's alone. `unsure`: in between, when neither may be acted on.
   */
  standing(): "shared" | "unsure" | "memory";
  failure(): StoreFailure | null;
  /** Changes at once in memory; true once the store has taken it and was read back, false when it has not within {@link WAIT_MS}. */
  commit(changes: readonly AlertChange[]): Promise<boolean>;
  /** Reads again what others have changed; the same answer. */
  refresh(): Promise<boolean>;
  /** Writes what waits. */
  close(withinMs: number): Promise<void>;
};

/** The longest that alerting waits for the store, in ms. */
const WAIT_MS = 3_000;
/** The store must have been away for so long before its word is done without: then two dashboards may tell the same. */
const AWAY_MS = 15_000;
/** Beyond, the oldest changes are lost: the store was away for days. */
const LOG_MAX = 20_000;

export type BookOptions = { readonly now?: () => EpochMs; readonly waitMs?: number; readonly awayMs?: number };

export function createBook(store: Store, options: BookOptions = {}): Book {
  const { now = Date.now, waitMs = WAIT_MS, awayMs = AWAY_MS } = options;
  let base = EMPTY_MODEL;
  let log: readonly AlertChange[] = [];
  let current = base;
  let failure: StoreFailure | null = null;
  let lastGoodAt: EpochMs | null = null;
  const startedAt = now();
  /** What was committed before a round began is in it. */
  let rounds = Promise.resolve(true);
  let queued: Promise<boolean> | null = null;

  const redraw = () => {
    current = log.reduce(applyChange, base);
  };

  async function round(): Promise<boolean> {
    const sent = log;
    const written = await write(sent);
    if (!written.ok) return failed(written.failure);
    base = sent.reduce(applyChange, base);
    const taken = new Set(sent);
    log = log.filter((change) => !taken.has(change));
    const read = await attempt(() => store.read((db) => readModel(db, now())));
    if (!read.ok) return failed(read.failure);
    base = read.value;
    redraw();
    failure = null;
    lastGoodAt = now();
    return true;
  }

  /** A statement that is refused would be refused for ever: the others are written without it. */
  async function write(changes: readonly AlertChange[]): Promise<Stored<void>> {
    const statements = changes.flatMap((change) => statementsOf(store.build, change));
    if (statements.length === 0) return { ok: true, value: undefined };
    const all = await attempt(() => store.write(statements));
    if (all.ok || all.failure.kind !== "failed") return all;
    for (const change of changes) {
      const one = await attempt(() => store.write(statementsOf(store.build, change)));
      if (one.ok) continue;
      if (one.failure.kind !== "failed") return one;
      console.error(`A change of alerts (${change.kind}) was refused by the store: ${one.failure.text}`);
    }
    return { ok: true, value: undefined };
  }

  function failed(why: StoreFailure): false {
    failure = why;
    redraw();
    return false;
  }

  /** The round under way may have begun before the latest change: the next one has it. */
  function nextRound(): Promise<boolean> {
    queued ??= rounds.then(() => {
      queued = null;
      rounds = round();
      return rounds;
    });
    return queued;
  }

  const within = async (ms: number): Promise<boolean> => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), ms);
      timer.unref();
    });
    const done = await Promise.race([nextRound(), late]);
    clearTimeout(timer);
    return done;
  };

  return {
    model: () => current,
    standing() {
      const quietFor = now() - (lastGoodAt ?? startedAt);
      if (failure === null && lastGoodAt !== null && quietFor < awayMs) return "shared";
      return quietFor < awayMs ? "unsure" : "memory";
    },
    failure: () => failure,
    commit(changes) {
      log = withChanges(log, changes);
      redraw();
      return within(waitMs);
    },
    refresh: () => within(waitMs),
    async close(withinMs) {
      if (log.length > 0) await within(withinMs);
    },
  };
}

/** That a finding is still there is said once for each alert, however long the store is away. */
function withChanges(log: readonly AlertChange[], changes: readonly AlertChange[]): readonly AlertChange[] {
  const all = [...log, ...changes];
  if (all.length <= LOG_MAX) return all;
  const sights = new Set<string>();
  const kept = all.toReversed().filter((change) => {
    if (change.kind !== "see") return true;
    if (sights.has(change.id)) return false;
    sights.add(change.id);
    return true;
  });
  return kept.slice(0, LOG_MAX).reverse();
}

async function attempt<T>(work: () => Promise<Stored<T>>): Promise<Stored<T>> {
  try {
    return await work();
  } catch (error) {
    return { ok: false, failure: { kind: "failed", text: error instanceof Error ? error.message : String(error) } };
  }
}
