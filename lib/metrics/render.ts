import { Counter, Gauge, Registry } from "prom-client";
import { BACKUP_FAMILIES } from "./backup-families";
import { CLUSTER_FAMILIES } from "./cluster-families";
import type { Family } from "./family";
import { HEALTH_FAMILIES } from "./health-families";
import { MEMBER_FAMILIES } from "./member-families";
import { processRegistry } from "./process";
import { ROUTING_FAMILIES } from "./routing-families";
import type { MetricsInput } from "./types";

export const FAMILIES: readonly Family[] = [
  ...CLUSTER_FAMILIES,
  ...MEMBER_FAMILIES,
  ...ROUTING_FAMILIES,
  ...BACKUP_FAMILIES,
  ...HEALTH_FAMILIES,
];

export const CONTENT_TYPE = Registry.PROMETHEUS_CONTENT_TYPE;

/** Prometheus' text format. Drawn anew each time, so that what is gone has no line left behind. */
export async function renderMetrics(input: MetricsInput): Promise<string> {
  const registry = new Registry();
  for (const family of FAMILIES) fill(family, input, registry);
  return [await registry.metrics(), await processRegistry().metrics()].join("\n");
}

function fill({ name, help, type, labels, rows }: Family, input: MetricsInput, registry: Registry): void {
  const options = { name, help, labelNames: [...labels], registers: [registry] };
  const drawn = rows(input);
  if (drawn.length === 0) return;
  if (type === "gauge") {
    const metric = new Gauge(options);
    for (const { labels: own, value } of drawn) metric.set(own, value);
  } else {
    const metric = new Counter(options);
    for (const { labels: own, value } of drawn) metric.inc(own, value);
  }
}
