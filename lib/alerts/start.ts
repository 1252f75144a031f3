import { randomUUID } from "node:crypto";
import type { AuditLog } from "@/lib/audit/types";
import type { Collectors } from "@/lib/collectors/current";
import type { Config } from "@/lib/config/types";
import type { Store } from "@/lib/db/types";
import type { AlertPolicy } from "@/lib/domain/alerts/fold";
import type { EpochMs } from "@/lib/domain/ids";
import { createBook } from "./book";
import { type DeadMan, startDeadMan } from "./dead-man";
import { createDesk } from "./desk";
import { createDispatch } from "./dispatch";
import { type Engine, startEngine } from "./engine";
import { createNotifier } from "./notifiers/create";
import type { Notifier } from "./notifiers/types";
import { pruneStatements } from "./store/prune";
import type { AlertDesk } from "./types";

export type AlertsParts = {
  readonly config: Pick<Config, "clusters" | "alerts" | "server">;
  readonly collectors: Pick<Collectors, "onState" | "setAttention">;
  readonly store: Store;
  readonly audit: Pick<AuditLog, "append">;
  /** This run of the dashboard. */
  readonly boot: string;
  /** How long alerts that are over are kept, in ms. */
  readonly keptMs: number;
  /** For tests: other notifiers than those of the configuration, another patience with the store, another clock. */
  readonly notifiers?: readonly Notifier[];
  readonly waitMs?: number;
  readonly now?: () => EpochMs;
};

const PRUNE_MS = 3_600_000;
const CLOSE_MS = 1_000;

/** Starts alerting: with the first picture of each cluster alerts are kept, with notifiers somebody is told. */
export function startAlerts(parts: AlertsParts): AlertDesk & { readonly engine: Engine } {
  const { config, collectors, store, audit, boot, now = Date.now } = parts;
  const { clusters, alerts, server } = config;
  const notifiers = parts.notifiers ?? alerts.notifiers.map(createNotifier);
  const { publicUrl } = server;
  const book = createBook(store, { now, ...(parts.waitMs === undefined ? {} : { waitMs: parts.waitMs }) });
  const dispatch = createDispatch({ book, notifiers, publicUrl, boot, now });
  const engine = startEngine({
    clusters: clusters.map(({ scope, title, environment }) => ({ scope, title, environment })),
    collectors,
    book,
    dispatch,
    notifiers,
    policy: policyOf(alerts),
    publicUrl,
    now,
    newId: randomUUID,
  });
  const deadMan = deadManOf(parts, engine);
  const prune = setInterval(() => void store.write(pruneStatements(store.build, now() - parts.keptMs)), PRUNE_MS);
  prune.unref();
  const desk = createDesk({
    store,
    book,
    engine,
    dispatch,
    notifiers,
    configs: alerts.notifiers,
    deadMan,
    audit,
    boot,
    now,
    newId: randomUUID,
  });

  async function close(): Promise<void> {
    clearInterval(prune);
    deadMan?.close();
    await Promise.all([engine.close(), dispatch.close()]);
    await book.close(CLOSE_MS);
  }
  let closing: Promise<void> | null = null;
  return {
    ...desk,
    engine,
    close() {
      closing ??= close();
      return closing;
    },
  };
}

function policyOf({ notifiers, ...times }: Config["alerts"]): AlertPolicy {
  const { holdMs, holdCriticalMs, resolveAfterMs, batchMs, remindAfterMs } = times;
  const info = notifiers.some(({ severities }) => severities.includes("info"));
  return { holdMs, holdCriticalMs, resolveAfterMs, batchMs, remindAfterMs, info };
}

/** The dashboard is alive while it looks at every cluster and its store answers. */
function deadManOf({ config, store }: AlertsParts, engine: Engine): DeadMan | null {
  const { deadMan } = config.alerts;
  if (!deadMan) return null;
  return startDeadMan({
    config: deadMan,
    async unfit() {
      const silent = engine.silent();
      if (silent.length > 0) return `nothing is heard of ${silent.join(", ")}`;
      const answer = await store.read((db) => db.selectFrom("meta").select("key").limit(1).execute());
      return answer.ok ? null : `the store is ${answer.failure.kind}`;
    },
  });
}
