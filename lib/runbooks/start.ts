import { randomUUID } from "node:crypto";
import type { AuditLog } from "@/lib/audit/types";
import type { Collectors } from "@/lib/collectors/current";
import type { Config } from "@/lib/config/types";
import type { Store } from "@/lib/db/types";
import { readIncident } from "@/lib/history/incidents";
import type { History } from "@/lib/history/types";
import { createRunDesk } from "./desk";
import { type RunEngine, startRunEngine } from "./engine";
import type { RunbookLibrary } from "./load";
import { createRunStore } from "./store";
import type { RunDesk, RunParts } from "./types";

export type RunsParts = {
  readonly config: Pick<Config, "clusters" | "auth">;
  readonly collectors: Pick<Collectors, "onState" | "setRuns">;
  readonly store: Store;
  readonly history: History;
  readonly audit: Pick<AuditLog, "append">;
  readonly operation: RunParts["operation"];
  readonly catalogue: RunbookLibrary;
};

/** Runs on the real systems. Goes on at once with what an earlier process left open. */
export function startRuns({ config, collectors, store, history, audit, operation, catalogue }: RunsParts): RunDesk {
  const { clusters, auth } = config;
  return createRuns({
    scopes: clusters.map(({ scope }) => scope),
    collectors,
    store: createRunStore(store),
    audit,
    catalogue,
    operation,
    async incident(scope, window) {
      if (history.status().state !== "ok") return null;
      const report = await readIncident(history, scope, window);
      return report.ok ? report.value.incident : null;
    },
    roleOf: (name) => [...auth.users, ...auth.tokens].find((one) => one.name === name)?.role ?? null,
    now: Date.now,
    newId: randomUUID,
  });
}

export function createRuns(parts: RunParts): RunDesk & { readonly engine: RunEngine } {
  const engine = startRunEngine(parts);
  return { ...createRunDesk(parts, engine), engine, close: () => engine.close() };
}
