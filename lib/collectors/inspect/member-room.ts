import { fail, type Result } from "@/lib/domain/observation";
import type { InspectConnection, InspectLook } from "@/lib/sources/postgres/inspect/connection";

export type MemberRoom = {
  /** Asks on the kept connection, or on a short-lived one of its own when another database is named. Never rejects. */
  ask<T>(look: InspectLook<T>, database: string | null): Promise<Result<T>>;
  close(): Promise<void>;
};

/** Silence after which the kept connection is given back, in ms. */
export const IDLE_CLOSE_MS = 30_000;
/** A question that had to wait longer for its turn is given up, so that a hung member does not gather a queue. */
const WAIT_MAX_MS = 6_000;

/**
 * One member's on-demand connections: at most one question in flight, whichever database it is for. `connect` makes a connection to a
 * database, null for the usual one; it opens with its first question.
 */
export function createMemberRoom(
  connect: (database: string | null) => InspectConnection,
  now: () => number = Date.now,
): MemberRoom {
  let kept: InspectConnection | null = null;
  let turn: Promise<unknown> = Promise.resolve();
  let idle: NodeJS.Timeout | undefined;
  let closed = false;

  function rest() {
    clearTimeout(idle);
    idle = setTimeout(giveBack, IDLE_CLOSE_MS);
    idle.unref();
  }

  function giveBack() {
    const mine = kept;
    kept = null;
    void mine?.close();
  }

  async function askOnce<T>(look: InspectLook<T>, database: string | null): Promise<Result<T>> {
    if (database === null) {
      clearTimeout(idle);
      kept ??= connect(null);
      const answer = await kept.ask(look);
      if (!closed) rest();
      return answer;
    }
    const own = connect(database);
    try {
      return await own.ask(look);
    } finally {
      await own.close();
    }
  }

  return {
    ask(look, database) {
      const askedAt = now();
      const mine = turn.then(() => {
        if (closed) return fail("aborted", "aborted");
        if (now() - askedAt > WAIT_MAX_MS) return fail("timeout", "no answer in time: earlier questions took too long");
        return askOnce(look, database);
      });
      turn = mine.catch(() => undefined);
      return mine;
    },
    async close() {
      closed = true;
      clearTimeout(idle);
      const mine = kept;
      kept = null;
      await mine?.close();
    },
  };
}
