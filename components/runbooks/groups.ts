import type { RunbookId } from "@/lib/domain/findings/finding";
import type { Runbook } from "@/lib/domain/runbooks/runbook";

/** Situations in which one looks for a runbook, the gravest first. `own`: of the user's folder, about whatever they like. */
export const RUNBOOK_GROUPS = ["writes", "members", "clients", "storage", "planned", "drills", "own"] as const;
export type RunbookGroup = (typeof RUNBOOK_GROUPS)[number];

const GROUP_OF: Readonly<Record<RunbookId, RunbookGroup>> = {
  "emergency-failover": "writes",
  "no-leader": "writes",
  "split-brain": "writes",
  "replica-lagging": "members",
  "replica-broken": "members",
  "node-returns": "members",
  "patroni-does-not-start": "members",
  "routing-failure": "clients",
  "pgbouncer-exhausted": "clients",
  "slow-queries": "clients",
  "archive-broken": "storage",
  "slot-fills-disk": "storage",
  "point-in-time-recovery": "storage",
  "planned-switchover": "planned",
  "node-maintenance": "planned",
  "rolling-update": "planned",
  "settings-restart": "planned",
  "add-node": "planned",
  "certificate-renewal": "planned",
  "load-test": "drills",
};

export function groupOf({ id, kind }: Pick<Runbook, "id" | "kind">): RunbookGroup {
  if (kind === "drill") return "drills";
  return Object.hasOwn(GROUP_OF, id) ? GROUP_OF[id as RunbookId] : "own";
}
