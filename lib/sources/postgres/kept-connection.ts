import type { Client } from "pg";
import { fail, type Result, type SourceFailure } from "@/lib/domain/observation";
import { failureText } from "@/lib/sources/shared/failure";
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
  /** The other side ended the idle connection. A loss during a look is that look's failure and is not reported again here. */
  readonly onLost: () => void;
};

const GOODBYE_MS = 300;

/** Keeps one connection open between looks and opens another on the first look after a loss. */
export function keepOneConnection<P, T>(spec: KeptConnection<P, T>): Probe<T> {
  let live: { readonly client: Client; readonly prepared: P } | null = null;
  let running: { readonly answer: Promise<Result<T>>; readonly abort: () => void } | null = null;
  let closed = false;

  /** Leaves the connection at once, whatever the server does. */
  const drop = (client: Client) => {
    if (live?.client === client) live = null;
    destroy(client);
  };

  const onEnd = (client: Client) => {
    if (live?.client !== client) return;
    drop(client);
    if (!running && !closed) spec.onLost();
  };

  async function open(cut: AbortSignal) {
    const client = await connect(spec.server, cut);
    const cutHere = () => drop(client);
    cut.addEventListener("abort", cutHere, { once: true });
    try {
      cut.throwIfAborted();
      const prepared = await spec.prepare(client);
      cut.throwIfAborted();
      client.on("error", () => onEnd(client));
      client.on("end", () => onEnd(client));
      live = { client, prepared };
      return live;
    } catch (error) {
      drop(client);
      throw error;
    } finally {
      cut.removeEventListener("abort", cutHere);
    }
  }

  async function exchange(cut: AbortSignal): Promise<Result<T>> {
    const { client, prepared } = live ?? (await open(cut));
    const cutHere = () => drop(client);
    cut.addEventListener("abort", cutHere, { once: true });
    try {
      return await spec.ask(client, prepared);
    } catch (error) {
      if (!leavesConnectionUsable(error)) drop(client);
      throw error;
    } finally {
      cut.removeEventListener("abort", cutHere);
    }
  }

  function start(signal: AbortSignal | undefined) {
    const cut = new AbortController();
    let stop: (failure: SourceFailure) => void = () => undefined;
    const stopped = new Promise<Result<T>>((resolve) => {
      stop = (failure) => {
        resolve({ ok: false, failure });
        cut.abort();
      };
    });
    const abort = () => stop(failureText("aborted"));
    const timer = setTimeout(() => stop(failureText("timeout", `${spec.timeoutMs} ms`)), spec.timeoutMs);
    signal?.addEventListener("abort", abort, { once: true });
    const asked = exchange(cut.signal).catch((error): Result<T> => ({ ok: false, failure: spec.failureOf(error) }));
    const answer = Promise.race([stopped, asked]).finally(() => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
      running = null;
    });
    return { answer, abort };
  }

  return {
    look(signal) {
      if (closed || signal?.aborted) return Promise.resolve(fail<T>("aborted", failureText("aborted").text));
      running ??= start(signal);
      return running.answer;
    },
    async close() {
      closed = true;
      running?.abort();
      if (!live) return;
      const { client } = live;
      live = null;
      await goodbye(client);
    },
  };
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
