import type { Client } from "pg";
import type { Result, SourceFailure } from "@/lib/domain/observation";
import { bounded, type Running } from "@/lib/sources/shared/bounded";
import { failureText, overdue } from "@/lib/sources/shared/failure";
import { connect, destroy, type ServerAddress } from "./connect";
import { leavesConnectionUsable } from "./failure";
import { makeTurns } from "./turns";

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

/** What one connection is opened to, and what is done once on it. */
export type ConnectionSpec<P> = {
  readonly server: ServerAddress;
  /** Once per connection. */
  readonly prepare: (client: Client) => Promise<P>;
  readonly failureOf: (error: unknown) => SourceFailure;
  /**
   * The other side ended a connection that had served: at once while it was idle, with the failure of the question that was
   * running on it otherwise. A connection that never served is not reported, so that a caller who looks again at once
   * cannot spin.
   */
  readonly onLost: () => void;
};

export type Question<P, T> = {
  readonly ask: (client: Client, prepared: P) => Promise<Result<T>>;
  /**
   * Over waiting for its turn, connecting, TLS, logging in and asking together, of our own waking time (see `patience`); the connection
   * is cut then.
   */
  readonly timeoutMs: number;
  /** Goes before those that wait and are not; only an urgent question opens a connection where there is none. */
  readonly urgent: boolean;
};

/** One connection on which several questions are asked in turn, never two at once. */
export type SharedConnection<P> = {
  /** Never rejects. An abort ends the question with `aborted`. */
  ask<T>(question: Question<P, T>, signal?: AbortSignal): Running<T>;
  /** Ends the connection; questions afterwards answer `aborted`. */
  close(): Promise<void>;
};

type Live<P> = { readonly client: Client; readonly prepared: P };

const GOODBYE_MS = 300;

/** Keeps one connection open between looks, which are all it serves, and opens another on the first look after a loss. */
export function keepOneConnection<P, T>(spec: ConnectionSpec<P> & Pick<Question<P, T>, "ask" | "timeoutMs">): Probe<T> {
  const connection = shareConnection(spec);
  const { ask, timeoutMs } = spec;
  return { look: oneAtATime(connection, { ask, timeoutMs, urgent: true }), close: () => connection.close() };
}

/** Asks one question again and again; a call while it is being asked gets that answer. */
export function oneAtATime<P, T>(
  connection: SharedConnection<P>,
  question: Question<P, T>,
): (signal?: AbortSignal) => Promise<Result<T>> {
  let running: Promise<Result<T>> | null = null;
  return (signal) => {
    if (signal?.aborted) return Promise.resolve({ ok: false, failure: failureText("aborted") });
    if (running) return running;
    const { answer } = connection.ask(question, signal);
    const mine = answer.finally(() => {
      if (running === mine) running = null;
    });
    running = mine;
    return mine;
  };
}

export function shareConnection<P>(spec: ConnectionSpec<P>): SharedConnection<P> {
  const turns = makeTurns();
  const running = new Set<Running<unknown>>();
  let live: Live<P> | null = null;
  let closed = false;
  let unopened: SourceFailure = failureText("aborted");
  // Whether the server's host accepted the connection: a time-out before that is the host's, after it the server's.
  let reached = false;

  const drop = (client: Client) => {
    if (live?.client === client) live = null;
    destroy(client);
  };

  const onEnd = (client: Client) => {
    if (live?.client !== client) return;
    drop(client);
    if (!turns.taken() && !closed) spec.onLost();
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

  async function exchange<T>(question: Question<P, T>, cut: AbortSignal, onBroken: () => void): Promise<Result<T>> {
    const served = live !== null;
    const { client, prepared } = live ?? (await open(cut));
    try {
      return await unlessCut(
        cut,
        () => drop(client),
        () => question.ask(client, prepared),
      );
    } catch (error) {
      if (!cut.aborted && !leavesConnectionUsable(error)) {
        if (served) onBroken();
        drop(client);
      }
      throw error;
    }
  }

  async function inTurn<T>(question: Question<P, T>, cut: AbortSignal, onBroken: () => void): Promise<Result<T>> {
    const giveBack = await turns.take(question.urgent);
    try {
      cut.throwIfAborted();
      if (!live && !question.urgent) return { ok: false, failure: unopened };
      return await exchange(question, cut, onBroken);
    } catch (error) {
      const failure = spec.failureOf(error);
      if (!live && !cut.aborted) unopened = failure;
      return { ok: false, failure };
    } finally {
      giveBack();
    }
  }

  return {
    ask<T>(question: Question<P, T>, signal?: AbortSignal): Running<T> {
      if (closed) {
        return { answer: Promise.resolve({ ok: false, failure: failureText("aborted") }), abort: () => undefined };
      }
      const { timeoutMs } = question;
      let broken = false;
      const onBroken = () => {
        broken = true;
      };
      const late = () => {
        unopened = overdue(reached, timeoutMs);
        return unopened;
      };
      const onSettled = () => {
        running.delete(mine);
        if (broken && !closed) spec.onLost();
      };
      const asked = bounded((cut) => inTurn(question, cut, onBroken), { timeoutMs, late, signal });
      const mine = { ...asked, answer: asked.answer.finally(onSettled) };
      running.add(mine);
      return mine;
    },
    async close() {
      closed = true;
      for (const { abort } of running) abort();
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
