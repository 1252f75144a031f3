import { SEVERITIES } from "@/lib/domain/findings/finding";
import type { WritePathState } from "@/lib/domain/snapshot";
import { ageSeconds, currentPictures, type Family, gauge, ofClusters, oneHot, row } from "./family";

const STATES: readonly WritePathState[] = ["ok", "degraded", "broken", "split", "unknown"];

/** Who takes writes, what deviates, and what was asked of the cluster as a whole. */
export const CLUSTER_FAMILIES: readonly Family[] = [
  gauge("cluster_info", "Always 1; the cluster's names.", ["scope", "title", "environment", "dcs"], (input) =>
    currentPictures(input).map(({ scope, title, environment, dcs }) => ({
      labels: { scope, title, environment: environment ?? "", dcs: dcs.kind },
      value: 1,
    })),
  ),
  gauge(
    "cluster_verdict",
    "Whether writes work: 1 for the state that holds. Unknown too while nobody redraws the picture.",
    ["scope", "state"],
    (input) => {
      const current = new Map(currentPictures(input).map(({ scope, writePath }) => [scope, writePath.state]));
      return input.pictures.flatMap(({ scope }) => oneHot("state", STATES, current.get(scope) ?? "unknown", { scope }));
    },
  ),
  gauge(
    "picture_age_seconds",
    "Age of the cluster's picture. It is redrawn each second while the dashboard is well.",
    ["scope"],
    ({ pictures, now }) =>
      pictures.flatMap(({ scope, snapshot }) => row(ageSeconds(snapshot?.at ?? null, now), { scope })),
  ),
  ofClusters(
    "write_path_since_timestamp_seconds",
    "When the verdict and the writer last changed, as far as the dashboard saw it.",
    [],
    ({ writePath }) => row(Date.parse(writePath.since) / 1_000),
  ),
  ofClusters("witnesses", "Witnesses that have something fresh to say about who takes writes.", [], ({ writePath }) =>
    row(writePath.of),
  ),
  ofClusters("witnesses_agreeing", "Witnesses that agree with the verdict.", [], ({ writePath }) =>
    row(writePath.agree),
  ),
  ofClusters("cluster_paused", "Whether Patroni's automatic failover is off.", [], ({ paused }) => row(paused)),
  ofClusters("cluster_scheduled_actions", "Switchovers and restarts that are scheduled.", ["kind"], ({ scheduled }) =>
    (["switchover", "restart"] as const).flatMap((kind) =>
      row(scheduled.filter((one) => one.kind === kind).length, { kind }),
    ),
  ),
  ofClusters(
    "maintenance",
    "Whether a maintenance window keeps the cluster's alerts quiet.",
    [],
    ({ attention }, { now }) => row(attention?.silences.some((one) => inForce(one, now))),
  ),
  ofClusters(
    "findings",
    "Findings that stand by themselves, by severity; what follows from another is not counted.",
    ["severity"],
    ({ findings }) =>
      SEVERITIES.flatMap((severity) =>
        row(findings.filter((one) => one.severity === severity && one.under === null).length, { severity }),
      ),
  ),
  ofClusters(
    "findings_by_rule",
    "Findings by rule, those that follow from another included; no line for a rule that finds nothing.",
    ["rule", "severity"],
    ({ findings }) => {
      const counts = new Map<string, { rule: string; severity: string; count: number }>();
      for (const { rule, severity } of findings) {
        const key = `${rule}\n${severity}`;
        counts.set(key, { rule, severity, count: (counts.get(key)?.count ?? 0) + 1 });
      }
      return [...counts.values()].flatMap(({ rule, severity, count }) => row(count, { rule, severity }));
    },
  ),
  ofClusters("alerts", "Alerts that are not over, by state.", ["state"], ({ attention }) =>
    attention === null
      ? []
      : (["firing", "resolving"] as const).flatMap((state) =>
          row(attention.alerts.filter((one) => one.state === state).length, { state }),
        ),
  ),
  ofClusters("dcs_quorum", "Whether the DCS has its quorum.", [], ({ dcs }) => row(dcs.hasQuorum)),
  ofClusters("dcs_leader_key", "Whether a member holds the leader key, by a fresh view of the DCS.", [], ({ dcs }) =>
    row(dcs.trust === "fresh" ? dcs.leaderKey !== null : null),
  ),
];

function inForce(
  silence: { kind: string; from: string; until: string; ended: { at: string } | null },
  now: number,
): boolean {
  const end = Math.min(
    Date.parse(silence.until),
    silence.ended ? Date.parse(silence.ended.at) : Number.POSITIVE_INFINITY,
  );
  return silence.kind === "maintenance" && Date.parse(silence.from) <= now && now < end;
}
