import { collectDefaultMetrics, Registry } from "prom-client";

const UNWANTED = [
  // Gauges that end in `_total`, which only counters may (`promtool check metrics`).
  "nodejs_active_handles_total",
  "nodejs_active_requests_total",
  "nodejs_active_resources_total",
  // Not numbers, or the largest there is, until something was measured.
  "nodejs_eventloop_lag_min_seconds",
  "nodejs_eventloop_lag_mean_seconds",
  "nodejs_eventloop_lag_stddev_seconds",
];

const KEY = Symbol.for("matriarch.process-metrics");
type Slot = { [KEY]?: Registry };

/** Memory, CPU, event loop and garbage collection of this process; observed from the first call on, once a process. */
export function processRegistry(): Registry {
  const slot = globalThis as Slot;
  if (slot[KEY]) return slot[KEY];
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  for (const name of UNWANTED) registry.removeSingleMetric(name);
  slot[KEY] = registry;
  return registry;
}
