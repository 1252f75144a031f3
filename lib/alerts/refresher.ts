import type { AlertRecord } from "@/lib/domain/alerts/model";
import { type EpochMs, instant } from "@/lib/domain/ids";
import type { Book } from "./book";
import type { Dispatch } from "./dispatch";
import { type NoticeContext, noticeAlertOf, worstFirst } from "./notice";
import type { NoticeCluster, Notifier } from "./notifiers/types";

/** Tells receivers that forget (Alertmanager) again of what still fires. It is not recorded: to them it is the same alert. */
export type Refresher = { run(): void };

export type RefresherParts = {
  readonly clusters: readonly NoticeCluster[];
  readonly book: Book;
  readonly dispatch: Dispatch;
  readonly notifiers: readonly Notifier[];
  readonly publicUrl: string | null;
  readonly now: () => EpochMs;
  readonly newId: () => string;
};

export function createRefresher({
  clusters,
  book,
  dispatch,
  notifiers,
  publicUrl,
  now,
  newId,
}: RefresherParts): Refresher {
  const refreshedAt = new Map<string, EpochMs>();

  /** Told of, and not about to be told of: an Alertmanager that hears of the end first would raise it anew. */
  function firing(notifier: string): AlertRecord[] {
    const model = book.model();
    return [...model.alerts.values()].filter((alert) => {
      const told = model.told.filter((one) => one.alertId === alert.id && one.notifier === notifier);
      const waits = told.some(({ deliveryId }) => model.deliveries.get(deliveryId)?.state === "waiting");
      return alert.resolvedAt === null && told.length > 0 && !waits;
    });
  }

  async function refresh(notifier: Notifier): Promise<void> {
    const alerts = firing(notifier.name);
    if (alerts.length === 0) return;
    const context: NoticeContext = {
      model: book.model(),
      sightOf: () => null,
      clusterOf: (scope) => clusters.find((one) => one.scope === scope) ?? null,
      publicUrl,
      now: now(),
    };
    await dispatch.attempt(notifier, {
      id: newId(),
      about: "firing",
      language: notifier.language,
      at: instant(now()),
      alerts: worstFirst(alerts.map((alert) => noticeAlertOf(context, alert))),
      url: publicUrl && `${publicUrl}/alerts`,
    });
  }

  return {
    run() {
      for (const notifier of notifiers) {
        if (notifier.refreshMs === null) continue;
        if (now() - (refreshedAt.get(notifier.name) ?? Number.NEGATIVE_INFINITY) < notifier.refreshMs) continue;
        refreshedAt.set(notifier.name, now());
        void refresh(notifier);
      }
    },
  };
}
