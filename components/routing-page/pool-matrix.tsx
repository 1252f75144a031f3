"use client";
import { clsx } from "clsx";
import { memo } from "react";
import { ServerDeeds } from "@/components/routing/pool-deeds";
import { serverLevel } from "@/components/routing/pool-server";
import { TEXT_OF_LEVEL } from "@/components/status/level";
import { StatusMark } from "@/components/status/status-mark";
import { TrustWord, useTrust } from "@/components/status/trust";
import { Age } from "@/components/ui/age";
import { Panel } from "@/components/ui/panel";
import { PlainTable } from "@/components/ui/plain-table";
import { useT } from "@/lib/client/i18n";
import type { PoolServer } from "@/lib/domain/facts";
import type { HaproxyNodeView } from "@/lib/domain/snapshot";
import { formatAge } from "@/lib/format/duration";
import { formatNumber } from "@/lib/format/number";

/** One pool as every HAProxy sees it: a row a server, a column a node. Where nodes disagree, the row shows it side by side. */
export const PoolMatrix = memo(function PoolMatrix(props: {
  pool: string;
  role: "write" | "read" | "other";
  nodes: readonly HaproxyNodeView[];
}) {
  const t = useT();
  const { pool, nodes } = props;
  const of = (node: HaproxyNodeView) => node.pools.find(({ name }) => name === pool);
  const servers = [...new Set(nodes.flatMap((node) => of(node)?.servers.map(({ name }) => name) ?? []))];
  const cell = (node: HaproxyNodeView, server: string) => of(node)?.servers.find(({ name }) => name === server);
  const differs = (server: string) =>
    new Set(nodes.filter((node) => node.trust === "fresh").map((node) => cell(node, server)?.status)).size > 1;
  const columns = [
    {
      key: "server",
      title: t("routingPage.server"),
      cell: (server: string) => (
        <span className="flex flex-wrap items-baseline gap-x-2">
          <span className="clip-name max-w-48 font-medium" title={server}>
            {server}
          </span>
          {differs(server) ? <span className="text-xs font-medium text-warn">{t("routingPage.differs")}</span> : null}
          <ServerDeeds
            pool={pool}
            server={server}
            nodes={nodes.filter((node) => cell(node, server) !== undefined).map(({ name }) => name)}
          />
        </span>
      ),
    },
    ...nodes.map((node) => ({
      key: node.name,
      title: <NodeTitle node={node} />,
      cell: (server: string) => <ServerCell server={cell(node, server)} node={node} />,
    })),
  ];
  return (
    <Panel
      title={t("routingPage.pool", { pool })}
      aside={props.role === "other" ? null : t(`routingPage.role.${props.role}`)}
      flush
    >
      <PlainTable
        caption={t("routingPage.pool", { pool })}
        columns={columns}
        rows={servers}
        keyOf={(server) => server}
      />
      {servers.length === 0 ? <p className="px-4 pb-4 text-sm text-ink-3">{t("haproxy.empty")}</p> : null}
    </Panel>
  );
});

function NodeTitle(props: { node: HaproxyNodeView }) {
  const { node } = props;
  const trust = useTrust(node.trust);
  return (
    <span className="flex items-baseline gap-2">
      <span className="clip-name max-w-40 text-ink-2" title={node.name}>
        {node.name}
      </span>
      <TrustWord trust={trust} />
      <Age at={node.at} className="font-normal" />
    </span>
  );
}

function ServerCell(props: { server: PoolServer | undefined; node: HaproxyNodeView }) {
  const { server, node } = props;
  const t = useT();
  const trust = useTrust(node.trust);
  if (!server) {
    return (
      <span className="text-blind">{t(node.failure ? `failure.${node.failure.kind}` : "routingPage.absent")}</span>
    );
  }
  const level = trust === "fresh" ? serverLevel(server.status) : "blind";
  const check = [server.checkStatus, server.checkCode, server.lastCheck].filter((part) => part !== null).join(" ");
  return (
    <div className={clsx("min-w-44", trust !== "fresh" && "text-ink-3")}>
      <p className="flex items-center gap-1.5">
        <StatusMark level={level} size={14} />
        <span className={clsx("font-medium", TEXT_OF_LEVEL[level])}>{t(`haproxy.status.${server.status}`)}</span>
        <span className="text-xs text-ink-3">
          {server.lastChangeSeconds === null
            ? ""
            : t("routingPage.since", { age: formatAge(t, server.lastChangeSeconds * 1000) })}
        </span>
      </p>
      <p className="text-xs text-ink-3 wrap-anywhere">{check === "" ? t("routingPage.unchecked") : check}</p>
      <p className="text-xs text-ink-3">
        {t("routingPage.load", {
          sessions: server.sessions === null ? t("format.unknown") : formatNumber(t.locale, server.sessions),
          queue: server.queue === null ? t("format.unknown") : formatNumber(t.locale, server.queue),
        })}
        {server.weight === null ? "" : ` · ${t("routingPage.weight", { weight: server.weight })}`}
        {server.backup ? ` · ${t("routingPage.backup")}` : ""}
      </p>
    </div>
  );
}
