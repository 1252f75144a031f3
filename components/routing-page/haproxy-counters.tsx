"use client";
import { useState } from "react";
import { Nothing, Panel } from "@/components/ui/panel";
import { PlainTable } from "@/components/ui/plain-table";
import { problemOf } from "@/lib/client/api";
import { useT } from "@/lib/client/i18n";
import { useHaproxyCounters } from "@/lib/client/use-routing";
import type { HaproxyCounters } from "@/lib/contract/routing-detail";
import { formatBytes } from "@/lib/format/bytes";
import { formatAge, formatLatency } from "@/lib/format/duration";
import { formatNumber } from "@/lib/format/number";

/** What one HAProxy has counted since it started, read while the panel is open. */
export function HaproxyCountersPanel(props: { scope: string; nodes: readonly string[] }) {
  const t = useT();
  const [node, setNode] = useState<string | null>(null);
  return (
    <Panel title={t("routingPage.counters.title")} flush>
      <div className="flex flex-wrap items-center gap-2 px-4 pb-3 text-sm">
        <label className="flex items-center gap-2 text-ink-2">
          {t("routingPage.counters.of")}
          <select
            value={node ?? ""}
            onChange={(event) => setNode(event.target.value === "" ? null : event.target.value)}
            className="rounded-md border border-line-strong bg-surface px-2 py-1"
          >
            <option value="">{t("routingPage.counters.choose")}</option>
            {props.nodes.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
      </div>
      {node === null ? null : <Counters scope={props.scope} node={node} />}
    </Panel>
  );
}

function Counters(props: { scope: string; node: string }) {
  const t = useT();
  const { data, error } = useHaproxyCounters(props.scope, props.node);
  const figure = (value: number | null) => (value === null ? "–" : formatNumber(t.locale, value));
  const columns = [
    {
      key: "server",
      title: t("routingPage.server"),
      cell: (c: HaproxyCounters) => nameOf(c, t("routingPage.counters.whole")),
    },
    {
      key: "rate",
      figure: true,
      title: t("routingPage.counters.rate"),
      cell: (c: HaproxyCounters) => figure(c.sessionsPerSecond),
    },
    {
      key: "sessions",
      figure: true,
      title: t("routingPage.counters.sessions"),
      cell: (c: HaproxyCounters) =>
        `${figure(c.sessionsMax)} / ${c.sessionsLimit === null ? "∞" : figure(c.sessionsLimit)}`,
    },
    {
      key: "total",
      figure: true,
      title: t("routingPage.counters.total"),
      cell: (c: HaproxyCounters) => figure(c.sessionsTotal),
    },
    {
      key: "in",
      figure: true,
      title: t("routingPage.counters.in"),
      cell: (c: HaproxyCounters) => formatBytes(t, c.bytesIn),
    },
    {
      key: "out",
      figure: true,
      title: t("routingPage.counters.out"),
      cell: (c: HaproxyCounters) => formatBytes(t, c.bytesOut),
    },
    {
      key: "queue",
      figure: true,
      title: t("routingPage.counters.queue"),
      cell: (c: HaproxyCounters) => `${figure(c.queueMax)} · ${c.queueMs === null ? "–" : formatLatency(t, c.queueMs)}`,
    },
    {
      key: "connect",
      figure: true,
      title: t("routingPage.counters.connect"),
      cell: (c: HaproxyCounters) => (c.connectMs === null ? "–" : formatLatency(t, c.connectMs)),
    },
    {
      key: "errors",
      figure: true,
      title: t("routingPage.counters.errors"),
      cell: (c: HaproxyCounters) => figure(c.connectionErrors),
    },
    {
      key: "check",
      figure: true,
      title: t("routingPage.counters.check"),
      cell: (c: HaproxyCounters) => (c.checkMs === null ? "–" : formatLatency(t, c.checkMs)),
    },
    {
      key: "failed",
      figure: true,
      title: t("routingPage.counters.failed"),
      cell: (c: HaproxyCounters) => `${figure(c.failedChecks)} · ${figure(c.wentDown)}`,
    },
    {
      key: "downtime",
      figure: true,
      title: t("routingPage.counters.downtime"),
      cell: (c: HaproxyCounters) => (c.downtimeSeconds === null ? "–" : formatAge(t, c.downtimeSeconds * 1000)),
    },
  ];
  if (error && !data) {
    return (
      <div className="px-4 pb-4">
        <Nothing>{t(`problem.${problemOf(error).kind}`)}</Nothing>
      </div>
    );
  }
  return (
    <PlainTable
      caption={t("routingPage.counters.caption", { node: props.node })}
      columns={columns}
      rows={data?.counters ?? []}
      keyOf={(c) => `${c.pool}/${c.server ?? ""}`}
    />
  );
}

function nameOf(counters: HaproxyCounters, whole: string) {
  return (
    <span className="whitespace-nowrap">
      <span className="text-ink-3">{counters.pool}</span>{" "}
      <span className="font-medium">{counters.server ?? whole}</span>
    </span>
  );
}
