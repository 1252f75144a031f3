import type { Client } from "pg";
import type { Result, SourceFailure } from "@/lib/domain/observation";
import { failureText, unconnected } from "@/lib/sources/shared/failure";
import { connect, destroy, type ServerAddress } from "./connect";
import { leavesConnectionUsable } from "./failure";

/** Looks at one server, again and again. */
export type Probe<T> = {
  /**
   * One look. Never rejects. A call while a look runs gets that look's promise, so there is never a second query in flight.
   * An abort ends the look for everyone who waits for it, with `aborted`.
   */
  look(signal?: AbortSignal): Promise<Result<T>>;
  /** Ends the connection; looks afterwards answer `aborted`. */
  close(): Promise<void>;
};

export type KeptConnection<P, T> = {
  readonly server: ServerAddress;
  /** Hard limit of a look, over connecting, TLS, logging in and asking together. */
  readonly timeoutMs: number;
  /** Once per connection. */
  readonly prepare: (client: Client) => Promise<P>;
  /** Once per look. */
  readonly ask: (client: Client, prepared: P) => Promise<Result<T>>;
  readonly failureOf: (error: unknown) => SourceFailure;
  /**
   * The other side ended a connection that had served: at once while it was idle, with the failure of the look that was
   * running on it otherwise. A connection that never served is not reported, so that a caller who looks again at once
   * cannot spin.
   */
  readonly onLost: () => void;
};

type Live<P> = { readonly client: Client; readonly prepared: P };
type Running<T> = { readonly answer: Promise<Result<T>>; readonly abort: () => void };

const GOODBYE_MS = 300;

/** Keeps one connection open between looks and opens another on the first look after a loss. */
export function keepOneConnection<P, T>(spec: KeptConnection<P, T>): Probe<T> {
  let live: Live<P> | null = null;
  let running: Running<T> | null = null;
  let lostInLook = false;
  let closed = false;
  // Whether the server's host accepted the connection: a time-out before that is the host's, after it the server's.
  let reached = false;

  const drop = (client: Client) => {
    if (live?.client === client) live = null;
    destroy(client);
  };

  const onEnd = (client: Client) => {
    if (live?.client !== client) return;
    drop(client);
    if (!running && !closed) spec.onLost();
  };

  async function open(cut: AbortSignal): Promise<Live<P>> {
    reached = false;
    const client = await connect(spec.server, cut, () => {
      reached = true;
    });
    try {
      const prepared = await unlessCut(
        cut,
        () => drop(client),
        () => spec.prepare(client),
      );
      client.on("error", () => onEnd(client));
      client.on("end", () => onEnd(client));
      live = { client, prepared };
      return live;
    } catch (error) {
      destroy(client);
      throw error;
    }
  }

  async function exchange(cut: AbortSignal): Promise<Result<T>> {
    const served = live !== null;
    const { client, prepared } = live ?? (await open(cut));
    try {
      return await unlessCut(
        cut,
        () => drop(client),
        () => spec.ask(client, prepared),
      );
    } catch (error) {
      if (!cut.aborted && !leavesConnectionUsable(error)) {
        lostInLook = served;
        drop(client);
      }
      throw error;
    }
  }

  async function lookOnce(cut: AbortSignal): Promise<Result<T>> {
    try {
      return await exchange(cut);
    } catch (error) {
      return { ok: false, failure: spec.failureOf(error) };
    }
  }

  const onSettled = () => {
    running = null;
    const lost = lostInLook;
    lostInLook = false;
    if (lost && !closed) spec.onLost();
  };

  return {
    look(signal) {
      if (closed || signal?.aborted) return Promise.resolve({ ok: false, failure: failureText("aborted") });
      const late = () => (reached ? failureText("timeout", `${spec.timeoutMs} ms`) : unconnected(spec.timeoutMs));
      running ??= bounded(lookOnce, spec.timeoutMs, late, signal, onSettled);
      return running.answer;
    },
    async close() {
      closed = true;
      running?.abort();
      const client = live?.client;
      live = null;
      if (client) await goodbye(client);
    },
  };
}

/** Runs `work` on a client that `onCut` drops as soon as `cut` aborts; that rejects the query it was waiting for. */
async function unlessCut<R>(cut: AbortSignal, onCut: () => void, work: () => Promise<R>): Promise<R> {
  cut.addEventListener("abort", onCut, { once: true });
  try {
    cut.throwIfAborted();
    const result = await work();
    cut.throwIfAborted();
    return result;
  } finally {
    cut.removeEventListener("abort", onCut);
  }
}

/** Settles with `work`'s result, or without waiting for it when the time is up or the caller gives up. */
function bounded<T>(
  work: (cut: AbortSignal) => Promise<Result<T>>,
  timeoutMs: number,
  late: () => SourceFailure,
  signal: AbortSignal | undefined,
  onSettled: () => void,
): Running<T> {
  const cut = new AbortController();
  let stop: (failure: SourceFailure) => void = () => undefined;
  const stopped = new Promise<Result<T>>((resolve) => {
    stop = (failure) => {
      resolve({ ok: false, failure });
      cut.abort();
    };
  });
  const abort = () => stop(failureText("aborted"));
  const timer = setTimeout(() => stop(late()), timeoutMs);
  signal?.addEventListener("abort", abort, { once: true });
  const answer = Promise.race([stopped, work(cut.signal)]).finally(() => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
    onSettled();
  });
  return { answer, abort };
}

/** Says goodbye so that the server logs no broken connection, but waits for no answer longer than a moment. */
async function goodbye(client: Client): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, GOODBYE_MS);
  });
  await Promise.race([client.end().catch(() => undefined), patience]);
  clearTimeout(timer);
  destroy(client);
}
