import type { AlertModel, AlertRecord, DeliveryRecord } from "@/lib/domain/alerts/model";
import type { Sight } from "@/lib/domain/alerts/sight";
import { isGoneFrom, viewAlert } from "@/lib/domain/alerts/view";
import type { Finding } from "@/lib/domain/findings/finding";
import { RANK } from "@/lib/domain/findings/rank";
import { type EpochMs, instant } from "@/lib/domain/ids";
import type { Notice, NoticeAlert, NoticeCluster, Notifier } from "./notifiers/types";

/** What a message is put together from. */
export type NoticeContext = {
  readonly model: AlertModel;
  sightOf(scope: string): Sight | null;
  clusterOf(scope: string): NoticeCluster | null;
  /** Where this dashboard is reached, without a trailing slash; null: unknown. */
  readonly publicUrl: string | null;
  readonly now: EpochMs;
};

export function noticeAlertOf(context: NoticeContext, record: AlertRecord): NoticeAlert {
  const { scope, findingId, resolvedAt } = record;
  const sight = context.sightOf(scope);
  const findings = resolvedAt === null ? (sight?.picture.findings ?? []) : [];
  return {
    alert: viewAlert(record, context.model.silences.values(), isGoneFrom(sight, record), context.now),
    cluster: context.clusterOf(scope) ?? { scope, title: scope, environment: null },
    follows: following(findings, findingId).map(({ rule, severity, text }) => ({ rule, severity, text })),
    url: context.publicUrl && `${context.publicUrl}/clusters/${encodeURIComponent(scope)}/findings`,
  };
}

/** Everything that is folded under a finding, however deep, worst first. */
function following(findings: readonly Finding[], id: string): Finding[] {
  const under = new Set([id]);
  for (let size = 0; size < under.size; ) {
    size = under.size;
    for (const finding of findings) if (finding.under !== null && under.has(finding.under)) under.add(finding.id);
  }
  under.delete(id);
  return findings.filter((one) => under.has(one.id)).sort((a, b) => RANK[a.severity] - RANK[b.severity]);
}

export const worstFirst = (alerts: readonly NoticeAlert[]): NoticeAlert[] =>
  [...alerts].sort((a, b) => RANK[a.alert.severity] - RANK[b.alert.severity]);

/** The message of a stored delivery; null where another one tells all of it, or the store holds nonsense. */
export function noticeOf(
  model: AlertModel,
  delivery: DeliveryRecord,
  notifier: Notifier,
  publicUrl: string | null,
): Notice | null {
  const told = new Set(model.told.flatMap(({ deliveryId, alertId }) => (deliveryId === delivery.id ? [alertId] : [])));
  const alerts = parsedBody(delivery.body).filter(({ alert }) => told.has(alert.id));
  if (alerts.length === 0 && delivery.about !== "test") return null;
  return {
    id: delivery.id,
    about: delivery.about,
    language: notifier.language,
    at: instant(delivery.createdAt),
    alerts,
    url: publicUrl && `${publicUrl}/alerts`,
  };
}

function parsedBody(body: string): NoticeAlert[] {
  try {
    return JSON.parse(body) as NoticeAlert[];
  } catch {
    console.error("The store holds a message of alerts that cannot be read.");
    return [];
  }
}
