import type { Collectors } from "@/lib/collectors/current";
import { type Batches, foldBatches, NO_BATCHES } from "@/lib/domain/alerts/batch";
import type { AlertChange } from "@/lib/domain/alerts/change";
import { GIVE_UP_MS } from "@/lib/domain/alerts/delivery";
import { type AlertPolicy, planAlerts } from "@/lib/domain/alerts/fold";
import type { AlertRecord } from "@/lib/domain/alerts/model";
import { type AlertPicture, foldSight, type Sight } from "@/lib/domain/alerts/sight";
import { type Receiver, settled, untold } from "@/lib/domain/alerts/tell";
import { viewBoard } from "@/lib/domain/alerts/view";
import type { ClusterScope, EpochMs } from "@/lib/domain/ids";
import type { Book } from "./book";
import type { Dispatch } from "./dispatch";
import { type NoticeContext, noticeAlertOf, worstFirst } from "./notice";
import type { NoticeCluster, Notifier } from "./notifiers/types";
import { createRefresher } from "./refresher";

/** Follows the findings of every cluster, and has told what is to be told. */
export type Engine = {
  /** One round; rounds follow each other by themselves, and a call during one waits for the next. */
  tick(): Promise<void>;
  sightOf(scope: string): Sight | null;
  context(): NoticeContext;
  /** Shows the boards as they are now. */
  show(): void;
  /** Clusters of which no new picture has come for long. */
  silent(): readonly ClusterScope[];
  close(): Promise<void>;
};

export type EngineParts = {
  readonly clusters: readonly NoticeCluster[];
  readonly collectors: Pick<Collectors, "onState" | "setAttention">;
  readonly book: Book;
  readonly dispatch: Dispatch;
  readonly notifiers: readonly Notifier[];
  readonly policy: AlertPolicy;
  readonly publicUrl: string | null;
  readonly now: () => EpochMs;
  readonly newId: () => string;
};

/** How often it is looked what is to be told, in ms. */
const TICK_MS = 1_000;
/** How often what others have changed is read while nothing changes here, in ms. */
const REFRESH_MS = 2_000;
/** A cluster is drawn at least every second: a picture older than this, in ms, is of a collector that is stuck. */
const PICTURE_MAX_MS = 15_000;

export function startEngine(parts: EngineParts): Engine {
  const { clusters, collectors, book, dispatch, notifiers, policy, now } = parts;
  const pictures = new Map<string, { readonly picture: AlertPicture; readonly at: EpochMs }>();
  const sights = new Map<string, Sight>();
  const shown = new Map<string, string>();
  const refresher = createRefresher(parts);
  let batches: Batches = NO_BATCHES;
  let refreshedAt = 0;
  let closed = false;
  let running: Promise<void> = Promise.resolve();

  const startedAt = now();
  const ends = clusters.map(({ scope }) =>
    collectors.onState(scope, (_state, picture) => pictures.set(scope, { picture, at: now() })),
  );
  const environmentOf = new Map(clusters.map(({ scope, environment }) => [scope as string, environment]));
  const receivers: readonly Receiver[] = notifiers.map((notifier) => ({
    name: notifier.name,
    wants: (alert) => notifier.wants(alert, environmentOf.get(alert.scope) ?? null),
  }));
  const ours = new Set(clusters.map(({ scope }) => scope as string));

  function look(): AlertChange[] {
    const model = book.model();
    return clusters.flatMap(({ scope }) => {
      const seen = pictures.get(scope);
      if (!seen || now() - seen.at > PICTURE_MAX_MS) {
        sights.delete(scope);
        return [];
      }
      const open = [...model.alerts.values()].filter((one) => one.scope === scope && one.resolvedAt === null);
      const sight = foldSight(sights.get(scope) ?? null, seen.picture, open, now());
      sights.set(scope, sight);
      return planAlerts(model, sight, policy, now(), parts.newId);
    });
  }

  /** What follows from something else is told with that; what is gone may be over, or may come back. */
  function isHeld(alert: AlertRecord): boolean {
    const sight = sights.get(alert.scope);
    if (!sight) return !ours.has(alert.scope);
    const finding = sight.picture.findings.find(({ id }) => id === alert.findingId);
    return finding ? finding.under !== null : sight.goneSince.has(alert.findingId);
  }

  function tell(): AlertChange[] {
    const model = book.model();
    const folded = foldBatches(batches, untold(model, receivers, policy, now(), isHeld), policy.batchMs, now());
    batches = folded.batches;
    const context = contextNow();
    return folded.ready.map(({ notifier, about, items }): AlertChange => {
      const id = parts.newId();
      const alerts = worstFirst(items.map(({ alert }) => noticeAlertOf(context, alert)));
      const delivery = { ...NEW_DELIVERY, id, notifier, about, createdAt: now(), body: JSON.stringify(alerts) };
      const told = items.map(({ alert, stage }) => ({ alertId: alert.id, notifier, stage, deliveryId: id, at: now() }));
      return { kind: "tell", delivery, told };
    });
  }

  async function round(): Promise<void> {
    const over = settled(book.model(), now(), GIVE_UP_MS).map(({ id }): AlertChange => ({ kind: "settle", id }));
    const changes = [...look(), ...over];
    if (changes.length > 0) await book.commit(changes);
    else if (now() - refreshedAt >= REFRESH_MS) await book.refresh();
    else return await onwards();
    refreshedAt = now();
    await onwards();
  }

  async function onwards(): Promise<void> {
    // Whom others have told is not known before the store has said so.
    if (book.standing() !== "unsure") {
      const told = tell();
      if (told.length > 0) await book.commit(told);
      await dispatch.run();
      refresher.run();
    }
    show();
  }

  function tick(): Promise<void> {
    running = running
      .then(() => (closed ? undefined : round()))
      .catch((error) => console.error("A round of alerting broke off:", error));
    return running;
  }

  function show(): void {
    for (const { scope } of clusters) {
      const board = viewBoard(book.model(), scope, sights.get(scope) ?? null, book.standing() === "memory", now());
      const known = board.failingNotifiers.filter((name) => notifiers.some((notifier) => notifier.name === name));
      const shownBoard = { ...board, failingNotifiers: known };
      const text = JSON.stringify(shownBoard);
      if (shown.get(scope) === text) continue;
      shown.set(scope, text);
      collectors.setAttention(scope, shownBoard);
    }
  }

  const contextNow = (): NoticeContext => ({
    model: book.model(),
    sightOf: (scope) => sights.get(scope) ?? null,
    clusterOf: (scope) => clusters.find((one) => one.scope === scope) ?? null,
    publicUrl: parts.publicUrl,
    now: now(),
  });

  let pending = false;
  const timer = setInterval(() => {
    if (pending) return;
    pending = true;
    void tick().finally(() => {
      pending = false;
    });
  }, TICK_MS);
  timer.unref();

  return {
    tick,
    sightOf: (scope) => sights.get(scope) ?? null,
    context: contextNow,
    show,
    silent: () =>
      clusters
        .map(({ scope }) => scope)
        .filter((scope) => now() - (pictures.get(scope)?.at ?? startedAt) > PICTURE_MAX_MS),
    async close() {
      closed = true;
      clearInterval(timer);
      for (const end of ends) end();
      await running;
    },
  };
}

const NEW_DELIVERY = {
  state: "waiting",
  attempts: 0,
  error: null,
  lastTriedAt: null,
  nextTryAt: null,
  deliveredAt: null,
  lease: null,
} as const;
