import type { Alert, AttentionBoard, Silence } from "../alerts/types";
import type { Finding } from "../findings/finding";
import { CLUSTER } from "../findings/subject";
import { clusterScope, type Instant } from "../ids";
import { message } from "../message";
import { SAMPLE_NOW } from "./samples";

/** Findings and alerts to be drawn, of a minute before the samples' moment. */

const at = (ms: number): Instant => new Date(SAMPLE_NOW + ms).toISOString() as Instant;

export function findingOf(id: string, over: Partial<Finding> = {}): Finding {
  return {
    id,
    rule: id.split(/[:/]/)[0] ?? id,
    group: "operations",
    severity: "warn",
    subject: CLUSTER,
    since: at(-60_000),
    text: message("finding.member-missing.text", { member: id }),
    evidence: [],
    runbook: null,
    under: null,
    ...over,
  };
}

export function alertOf(finding: Finding, over: Partial<Alert> = {}): Alert {
  return {
    id: `alert-${finding.id}`,
    scope: clusterScope("demo"),
    findingId: finding.id,
    rule: finding.rule,
    severity: finding.severity,
    subject: finding.subject.name,
    text: finding.text,
    state: "firing",
    startedAt: finding.since,
    firedAt: at(-30_000),
    resolvedAt: null,
    flaps: 0,
    acknowledged: null,
    silencedBy: null,
    ...over,
  };
}

/** In force since half an hour, and for an hour more. */
export function silenceOf(id: string, over: Partial<Silence> = {}): Silence {
  return {
    id,
    kind: "silence",
    scope: clusterScope("demo"),
    match: { rule: null, subject: null, severity: null },
    owner: "anna",
    reason: "disk replacement",
    from: at(-1_800_000),
    until: at(3_600_000),
    ended: null,
    ...over,
  };
}

export const boardOf = (over: Partial<AttentionBoard> = {}): AttentionBoard => ({
  alerts: [],
  silences: [],
  failingNotifiers: [],
  inMemory: false,
  ...over,
});
