import type { Finding, Severity } from "../findings/finding";
import { worseOf } from "../findings/rank";
import { findingTrees } from "../findings/tree";
import type { EpochMs } from "../ids";
import type { AlertChange } from "./change";
import { type AlertModel, type AlertRecord, openAlertOf } from "./model";
import type { Sight } from "./sight";

/** Times in ms. */
export type AlertPolicy = {
  readonly holdMs: number;
  readonly holdCriticalMs: number;
  readonly resolveAfterMs: number;
  readonly batchMs: number;
  /** Null: never. */
  readonly remindAfterMs: number | null;
  /** Whether anybody wants to hear of severity `info`; if not, it makes no alerts. */
  readonly info: boolean;
};

/** How often it is written down that a finding is still there, at least, in ms. */
const SEE_EVERY_MS = 10_000;

/**
 * What the findings of one cluster change of its alerts: those that lasted become alerts, those that are gone end. An alert is as grave
 * as the worst of what is folded under it: a host that cannot be seen may have taken the writes with it.
 */
export function planAlerts(
  model: AlertModel,
  sight: Sight,
  policy: AlertPolicy,
  now: EpochMs,
  newId: () => string,
): AlertChange[] {
  const { scope, findings } = sight.picture;
  const worst = new Map(findingTrees(findings).map((tree) => [tree.finding.id, tree.worst]));
  const graded = findings.map((one) => ({ ...one, severity: worst.get(one.id) ?? one.severity }));
  const open = [...model.alerts.values()].filter((alert) => alert.scope === scope && alert.resolvedAt === null);
  const fired = graded
    .filter((finding) => isDue(finding, sight, policy, now) && openAlertOf(model, scope, finding.id) === null)
    .map((finding): AlertChange => ({ kind: "fire", alert: firedAlert(finding, sight, newId(), now) }));
  return [...fired, ...open.flatMap((alert) => planOpen(alert, graded, sight, policy, now))];
}

export const holdOf = (severity: Severity, policy: AlertPolicy): number =>
  severity === "critical" ? policy.holdCriticalMs : policy.holdMs;

function isDue({ id, severity, under }: Finding, sight: Sight, policy: AlertPolicy, now: EpochMs): boolean {
  if (under !== null || (severity === "info" && !policy.info)) return false;
  return now - (sight.rootSince.get(id) ?? now) >= holdOf(severity, policy);
}

function firedAlert(finding: Finding, sight: Sight, id: string, now: EpochMs): AlertRecord {
  return {
    id,
    scope: sight.picture.scope,
    findingId: finding.id,
    rule: finding.rule,
    severity: finding.severity,
    subject: finding.subject.name,
    text: finding.text,
    sourceIds: sourceIdsOf(finding),
    startedAt: Date.parse(finding.since),
    firedAt: now,
    seenAt: now,
    resolvedAt: null,
    flaps: 0,
    acknowledged: null,
    settled: false,
  };
}

export const sourceIdsOf = ({ evidence }: Finding): string[] => [
  ...new Set(evidence.flatMap(({ sourceId }) => sourceId ?? [])),
];

function planOpen(
  alert: AlertRecord,
  graded: readonly Finding[],
  sight: Sight,
  { resolveAfterMs }: AlertPolicy,
  now: EpochMs,
): AlertChange[] {
  const finding = graded.find(({ id }) => id === alert.findingId);
  if (finding) return planSeen(alert, finding, sight, Math.min(SEE_EVERY_MS, resolveAfterMs / 3), now);
  const goneSince = sight.goneSince.get(alert.findingId);
  const unseenSince = now - resolveAfterMs;
  const over = goneSince !== undefined && goneSince <= unseenSince && alert.seenAt <= unseenSince;
  return over ? [{ kind: "resolve", id: alert.id, at: now, unseenSince }] : [];
}

function planSeen(alert: AlertRecord, finding: Finding, sight: Sight, everyMs: number, now: EpochMs): AlertChange[] {
  const { id, severity } = alert;
  const worse = worseOf(severity, finding.severity) !== severity;
  const back = sight.returned.has(finding.id);
  const see: AlertChange = {
    kind: "see",
    id,
    at: now,
    severity: finding.severity,
    text: finding.text,
    sourceIds: sourceIdsOf(finding),
  };
  return [
    ...(back ? [{ kind: "flap", id, from: alert.flaps } as const] : []),
    ...(back || worse || now - alert.seenAt >= everyMs ? [see] : []),
  ];
}
