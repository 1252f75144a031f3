import type { OperationState } from "@/lib/domain/actions/operation";
import type { SourceView } from "@/lib/domain/snapshot";
import { ageSeconds, counter, type Family, gauge, ofClusters, oneHot, row, seconds } from "./family";

const ofSources = (
  name: string,
  help: string,
  value: (source: SourceView, now: number) => number | boolean | null,
): Family =>
  ofClusters(name, help, ["kind", "target"], ({ sources }, { now }) =>
    sources.flatMap((source) => row(value(source, now), { kind: source.kind, target: source.target })),
  );

const ENDED: readonly OperationState[] = ["done", "done-otherwise", "refused", "failed", "unknown"];
const OPEN: readonly OperationState[] = ["awaiting-approval", "scheduled", "running"];

/** The dashboard itself: what it sees, what it keeps, what it did and whom it told. */
export const HEALTH_FAMILIES: readonly Family[] = [
  gauge("build_info", "Always 1; the version of the dashboard.", ["version"], ({ version }) => row(1, { version })),
  ofSources("source_age_seconds", "Time since the source's last good answer.", ({ lastOkAt }, now) =>
    ageSeconds(lastOkAt, now),
  ),
  ofSources("source_latency_seconds", "How long its last good answer took.", ({ latencyMs }) => seconds(latencyMs)),
  ofSources("source_failures", "Looks that failed in a row; 0 once one succeeds.", ({ failures }) => failures),
  ofSources("source_stale", "Whether nothing is concluded from it any more.", ({ stale }) => stale),
  gauge("stream_clients", "Browsers that are told of changes.", [], ({ streamClients }) => row(streamClients)),
  gauge("store_state", "1 for the state of the dashboard's own record.", ["state"], ({ store }) =>
    store === null ? [] : oneHot("state", ["ok", "behind", "failing"], store.state),
  ),
  gauge("store_waiting_rows", "Rows that wait in memory to be written.", ["record"], ({ store }) =>
    row(store?.waiting, { record: "history" }),
  ),
  counter("store_dropped_rows_total", "Rows that found no room in memory and are lost.", ["record"], ({ store }) =>
    row(store?.dropped, { record: "history" }),
  ),
  counter(
    "operations_total",
    "Operations in the record that ended, by outcome.",
    ["scope", "outcome"],
    ({ pictures, operations }) =>
      operations === null
        ? []
        : pictures.flatMap(({ scope }) =>
            ENDED.flatMap((outcome) => row(countOf(operations, scope, outcome), { scope, outcome })),
          ),
  ),
  gauge(
    "operations_open",
    "Operations that wait, are scheduled or run.",
    ["scope", "state"],
    ({ pictures, operations }) =>
      operations === null
        ? []
        : pictures.flatMap(({ scope }) =>
            OPEN.flatMap((state) => row(countOf(operations, scope, state), { scope, state })),
          ),
  ),
  counter(
    "alert_attempts_total",
    "Attempts of this run of the dashboard to send a message, by how they ended.",
    ["notifier", "outcome"],
    ({ alerting }) => (alerting?.attempts ?? []).flatMap(({ count, ...labels }) => row(count, labels)),
  ),
  gauge("alert_deliveries_waiting", "Messages that wait to be sent, or to be sent again.", [], ({ alerting }) =>
    row(alerting?.waiting),
  ),
  gauge("notifier_failing", "Whether its last message did not go through.", ["notifier"], ({ alerting }) =>
    (alerting?.notifiers ?? []).flatMap(({ name, failing }) => row(failing, { notifier: name })),
  ),
  gauge(
    "dead_man_signal_timestamp_seconds",
    "When the signal was last taken by which somebody else learns that the dashboard is dead.",
    [],
    ({ alerting }) => row(alerting?.deadMan?.lastOkAt ? Date.parse(alerting.deadMan.lastOkAt) / 1_000 : null),
  ),
];

const countOf = (
  operations: readonly { readonly scope: string; readonly state: OperationState; readonly count: number }[],
  scope: string,
  state: OperationState,
): number =>
  operations.filter((one) => one.scope === scope && one.state === state).reduce((sum, { count }) => sum + count, 0);
