import { message } from "../../../message";
import type { FindingRule } from "../../rule";
import { isPaused, ofPooler, poolerHoldMs, poolersOf, type WaitingPool, waitParams, wordsOf } from "./poolers";

/** All server connections that a pool or its database may have are in use, and clients wait for one. */
export const pgbouncerExhausted: FindingRule = {
  id: "pgbouncer-exhausted",
  group: "routing",
  runbook: "pgbouncer-exhausted",
  find: (input) =>
    poolersOf(input).flatMap((pooler) => {
      const full = pooler.waiting.filter((one) => isFull(one) && !isPaused(one, pooler.facts));
      const [worst] = full;
      if (!worst) return [];
      const servers = worst.pool.serversActive;
      return [
        {
          severity: "warn",
          subject: ofPooler(pooler),
          text: message("finding.pgbouncer-exhausted.text", { ...waitParams(pooler, full), servers }),
          evidence: wordsOf(pooler, full),
          holdMs: poolerHoldMs(input, pooler),
        },
      ];
    }),
};

function isFull({ pool, database }: WaitingPool): boolean {
  if (!database || pool.serversActive === 0) return false;
  const { poolSize, connections, connectionsMax } = database;
  return (
    (poolSize !== null && pool.serversActive >= poolSize) ||
    (connections !== null && connectionsMax !== null && connections >= connectionsMax)
  );
}
