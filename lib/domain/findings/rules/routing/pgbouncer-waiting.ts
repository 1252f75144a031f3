import { message } from "../../../message";
import type { FindingRule } from "../../rule";
import { isOneOf, lacksWriter } from "./causes";
import { isPaused, ofPooler, poolerHoldMs, poolersOf, waitParams, wordsOf } from "./poolers";

/** Clients of a PgBouncer wait for a server connection, for longer than they should. */
export const pgbouncerWaiting: FindingRule = {
  id: "pgbouncer-waiting",
  group: "routing",
  runbook: "pgbouncer-exhausted",
  find: (input) =>
    poolersOf(input).flatMap((pooler) => {
      const { waiting, facts } = pooler;
      if (waiting.length === 0) return [];
      const paused = waiting.some((one) => isPaused(one, facts)) ? "yes" : "no";
      return [
        {
          severity: "warn",
          subject: ofPooler(pooler),
          text: message("finding.pgbouncer-waiting.text", { ...waitParams(pooler, waiting), paused }),
          evidence: wordsOf(pooler, waiting),
          holdMs: poolerHoldMs(input, pooler),
        },
      ];
    }),
  followsFrom: (own, cause) =>
    lacksWriter(own, cause) ||
    (isOneOf(cause, "pgbouncer-login", "pgbouncer-exhausted") && cause.subject.member === own.subject.member),
};
