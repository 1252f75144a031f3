"use client";
import { clsx } from "clsx";
import { memo } from "react";
import { TrustWord, useTrust } from "@/components/status/trust";
import { Age } from "@/components/ui/age";
import { Nothing, Panel } from "@/components/ui/panel";
import { useT } from "@/lib/client/i18n";
import type { Pool } from "@/lib/domain/facts";
import type { HaproxyNodeView } from "@/lib/domain/snapshot";
import { formatNumber } from "@/lib/format/number";
import { FailureText } from "../sources/failure-text";
import { NodeDeeds } from "./pool-deeds";
import { namedServers, receives } from "./pool-server";
import { PoolServerChip } from "./pool-server-chip";

/** Where each HAProxy sends writes and reads. */
export const HaproxyPanel = memo(function HaproxyPanel(props: {
  nodes: readonly HaproxyNodeView[];
  writer: string | null;
}) {
  const t = useT();
  return (
    <Panel title={t("haproxy.title")} flush>
      {props.nodes.length === 0 ? (
        <div className="px-4 pb-4">
          <Nothing>{t("haproxy.none")}</Nothing>
        </div>
      ) : (
        <ul>
          {props.nodes.map((node) => (
            <HaproxyNode key={node.name} node={node} writer={props.writer} />
          ))}
        </ul>
      )}
    </Panel>
  );
});

const HaproxyNode = memo(function HaproxyNode(props: { node: HaproxyNodeView; writer: string | null }) {
  const { node } = props;
  const t = useT();
  const trust = useTrust(node.trust);
  const doubtful = trust !== "fresh";
  const leadsWrong = props.writer !== null && node.writesTo.some((name) => name !== props.writer);
  return (
    <li
      className={clsx("border-t border-line px-4 py-3", doubtful && "hatched")}
      data-haproxy={node.name}
      data-trust={trust}
    >
      <div className="flex items-baseline justify-between gap-3">
        <h3 className="clip-name text-sm font-semibold" title={node.name}>
          {node.name}
        </h3>
        <span className="flex items-baseline gap-2 text-xs text-ink-3">
          <TrustWord trust={trust} />
          <Age at={node.at} />
        </span>
      </div>
      {node.failure ? <FailureText failure={node.failure} /> : null}
      {node.write === null && node.read === null && !node.failure ? (
        <p className="mt-1 text-sm text-ink-3">{t("haproxy.noPools")}</p>
      ) : null}
      <PoolRow
        node={node.name}
        label={t("haproxy.write")}
        pool={node.write}
        writer={leadsWrong ? props.writer : null}
        doubtful={doubtful}
      />
      <PoolRow node={node.name} label={t("haproxy.read")} pool={node.read} doubtful={doubtful} />
    </li>
  );
});

/** `writer` is given for the write pool: the only right receiver where one receives wrongly, else null. */
function PoolRow(props: { node: string; label: string; pool: Pool | null; doubtful: boolean; writer?: string | null }) {
  const { pool } = props;
  const t = useT();
  if (pool === null) return null;
  const named = namedServers(pool.servers);
  const { writer } = props;
  const toneOf = (server: string) =>
    writer === undefined ? "read" : writer !== null && writer !== server ? "wrong" : "write";
  return (
    <div className="mt-2 grid grid-cols-[4.5rem_1fr_auto] items-start gap-2 text-sm">
      <span className="text-ink-3" title={pool.name}>
        {props.label}
      </span>
      <ul className="flex min-w-0 flex-wrap gap-1">
        {named.map((server) => (
          <PoolServerChip key={server.name} server={server} tone={toneOf(server.name)} doubtful={props.doubtful} />
        ))}
        {named.length < pool.servers.length ? (
          <li className="text-xs leading-5 text-ink-3" title={pool.servers.map(({ name }) => name).join(", ")}>
            {t("haproxy.receive", {
              up: pool.servers.filter(({ status }) => receives(status)).length,
              count: pool.servers.length,
            })}
          </li>
        ) : null}
        {pool.servers.length === 0 ? <li className="text-warn">{t("haproxy.empty")}</li> : null}
      </ul>
      <span className="flex items-center gap-1 text-xs leading-5 whitespace-nowrap text-ink-3">
        {pool.sessions === null
          ? t("format.unknown")
          : t("haproxy.sessions", { count: pool.sessions, shown: formatNumber(t.locale, pool.sessions) })}
        <NodeDeeds node={props.node} pool={pool.name} servers={pool.servers.map(({ name }) => name)} />
      </span>
    </div>
  );
}
