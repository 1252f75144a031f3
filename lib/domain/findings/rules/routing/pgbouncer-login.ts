import { message } from "../../../message";
import { pgbouncersOnPath } from "../../../witness/pgbouncer";
import type { FindingRule } from "../../rule";
import { covers, lacksWriter } from "./causes";
import { isPaused, ofPooler, poolerHoldMs, poolersOf, type WaitingPool, waitParams, wordsOf } from "./poolers";

/** A replica's restart, and PgBouncer's rest after a failed login (`server_login_retry`, 15 s by default), in ms. */
const RESTART_MS = 20_000;

/**
 * Clients wait and PgBouncer has not a single connection to PostgreSQL to give them: it does not get in. Its console does not say
 * why; only its log does.
 */
export const pgbouncerLogin: FindingRule = {
  id: "pgbouncer-login",
  group: "routing",
  runbook: "pgbouncer-exhausted",
  find(input) {
    const { evidence, picture } = input;
    const path = pgbouncersOnPath(evidence, picture.haproxy, picture.vip);
    return poolersOf(input).flatMap((pooler) => {
      const { facts, member } = pooler;
      const shutOut = pooler.waiting.filter((one) => hasNone(one) && !isPaused(one, facts));
      if (shutOut.length === 0) return [];
      // One pool's password may be wrong while the others are served.
      const all = facts.pools.every((pool) => hasNone({ pool }));
      return [
        {
          severity: all && path.includes(member) ? "critical" : "warn",
          subject: ofPooler(pooler),
          text: message("finding.pgbouncer-login.text", { ...waitParams(pooler, shutOut), all: all ? "yes" : "no" }),
          evidence: wordsOf(pooler, shutOut),
          holdMs: Math.max(RESTART_MS, poolerHoldMs(input, pooler)),
        },
      ];
    });
  },
  /** Where PostgreSQL is not there, nobody gets in. */
  followsFrom: (own, cause) =>
    lacksWriter(own, cause) ||
    (cause.subject.kind === "member" && cause.subject.member === own.subject.member && covers(cause, own)),
};

const hasNone = ({ pool }: Pick<WaitingPool, "pool">): boolean =>
  pool.serversActive + pool.serversIdle + pool.serversUnchecked === 0;
