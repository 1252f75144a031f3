"use client";
import { clsx } from "clsx";
import { memberState, shownLevel } from "@/components/members/member-state";
import { RoleMark } from "@/components/members/role-mark";
import { useShortName } from "@/components/members/short-name";
import { TEXT_OF_LEVEL } from "@/components/status/level";
import { TrustWord, usePageStale, useTrust } from "@/components/status/trust";
import { useT } from "@/lib/client/i18n";
import type { FailureKind } from "@/lib/domain/observation";
import type { Trust } from "@/lib/domain/snapshot";
import type { Cell } from "@/lib/domain/topology/build";
import { formatNumber } from "@/lib/format/number";
import type { CellView, EtcdCell, HaproxyCell, PgbouncerCell, PostgresCell } from "./cell-view";

/** What stands in one cell: two short lines, the first of which says what matters most of that layer. */
export function CellContent(props: { cell: Cell; view: CellView }) {
  const { cell, view } = props;
  switch (view.row) {
    case "vip":
      return <Vip cell={cell} />;
    case "haproxy":
      return <Haproxy node={view.node} />;
    case "pgbouncer":
      return <Pgbouncer pooler={view.pooler} />;
    case "postgres":
      return <Postgres member={view.member} />;
    case "dcs":
      return <Etcd etcd={view.etcd} />;
  }
}

function Vip(props: { cell: Cell }) {
  const trust = useTrust(props.cell.trust);
  return (
    <p className="flex min-w-0 items-center justify-center gap-2">
      <span className="figures clip-name text-2xs font-medium sm:text-xs" title={props.cell.name}>
        {props.cell.name}
      </span>
      <TrustWord trust={trust} />
    </p>
  );
}

function Haproxy(props: { node: HaproxyCell }) {
  const { node } = props;
  const { writer } = node;
  const t = useT();
  const trust = useTrust(node.trust);
  const shorten = useShortName();
  const names = node.writesTo.join(", ");
  const short = node.writesTo.map(shorten).join(", ");
  const last = node.writesTo.length === 0 ? null : t("topology.sendsTo", { names: short });
  if (trust !== "fresh") return <Doubt trust={trust} failure={node.failure?.kind ?? null} last={last} />;
  const wrong = writer !== null && node.writesTo.some((name) => name !== writer);
  const level = node.writesTo.length === 0 ? "text-warn" : wrong ? "font-semibold text-crit" : "text-ink";
  return (
    <>
      <p className={clsx("clip-name", level)} title={names}>
        {node.writesTo.length === 0 ? t("topology.sendsNowhere") : last}
      </p>
      <p className="clip-name text-ink-3">
        {node.sessions === null
          ? t("format.unknown")
          : t("haproxy.sessions", {
              count: node.sessions,
              shown: formatNumber(t.locale, node.sessions),
            })}
      </p>
    </>
  );
}

function Pgbouncer(props: { pooler: PgbouncerCell }) {
  const { pooler } = props;
  const { kind, name } = pooler.target;
  const t = useT();
  const trust = useTrust(pooler.trust);
  const shorten = useShortName();
  const last = t(`pgbouncer.target.${kind}`, { name: name === null ? "" : shorten(name) });
  if (trust !== "fresh") return <Doubt trust={trust} failure={pooler.failure?.kind ?? null} last={last} />;
  const waits = (pooler.clientsWaiting ?? 0) > 0;
  return (
    <>
      <p className={clsx("clip-name", kind === "local" ? "text-ink" : kind === "unknown" ? "text-blind" : "text-warn")}>
        {last}
      </p>
      <p className={clsx("clip-name", waits || pooler.paused === true ? "text-warn" : "text-ink-3")}>
        {pooler.paused === true
          ? t("pgbouncer.paused")
          : waits
            ? `${t("pgbouncer.waiting")} ${formatNumber(t.locale, pooler.clientsWaiting ?? 0)}`
            : `${t("pgbouncer.active")} ${pooler.clientsActive === null ? t("format.unknown") : formatNumber(t.locale, pooler.clientsActive)}`}
      </p>
    </>
  );
}

function Postgres(props: { member: PostgresCell }) {
  const { member } = props;
  const t = useT();
  const roleTrust = useTrust(member.roleTrust);
  const stateTrust = useTrust(member.stateTrust);
  const { key } = memberState(member);
  const shown = shownLevel(member, stateTrust, usePageStale());
  const danger = stateTrust === "fresh" && member.danger;
  return (
    <>
      <p className="flex min-w-0 items-center gap-1 text-xs sm:gap-1.5 sm:text-sm">
        <RoleMark role={member.role} known={roleTrust === "fresh"} />
        <span className={clsx("clip-name", member.role === "leader" ? "font-semibold" : "font-medium")}>
          {t(`role.${member.role}`)}
        </span>
      </p>
      {danger ? (
        <p className="clip-name font-semibold text-crit">{t("members.acceptsWrites")}</p>
      ) : (
        <p className={clsx("clip-name", shown === "ok" ? "text-ink-2" : `${TEXT_OF_LEVEL[shown]} font-medium`)}>
          {t(key)} <TrustWord trust={stateTrust} />
        </p>
      )}
      <p className={clsx("clip-name", member.timelineDiffers ? "font-medium text-warn" : "text-ink-3")}>
        {t("topology.timeline", { timeline: member.timeline ?? t("format.unknown") })}
        {member.timelineDiffers ? ` · ${t("members.timelineDiffers")}` : ""}
      </p>
    </>
  );
}

function Etcd(props: { etcd: EtcdCell }) {
  const { etcd } = props;
  const t = useT();
  const trust = useTrust(etcd.trust);
  const shorten = useShortName();
  const role = etcd.isLearner ? "etcdLearner" : etcd.isLeader ? "etcdLeader" : "etcdFollower";
  if (trust !== "fresh") {
    return <Doubt trust={trust} failure={etcd.failure?.kind ?? null} last={t(`topology.${role}`)} />;
  }
  return (
    <>
      <p className={clsx("clip-name", etcd.isLeader && "font-medium")}>{t(`topology.${role}`)}</p>
      <p className="clip-name text-ink-3" title={etcd.endpoint}>
        {etcd.errors[0] ?? (etcd.name === null ? etcd.endpoint : shorten(etcd.name))}
      </p>
    </>
  );
}

/** What was last seen there, and why it may not be relied on. */
function Doubt(props: { trust: Trust; failure: FailureKind | null; last: string | null }) {
  const { trust, failure, last } = props;
  const t = useT();
  return (
    <>
      {trust === "stale" && last !== null ? <p className="clip-name text-ink-2">{last}</p> : null}
      <p className="clip-name">
        <span className="font-medium text-blind">{t(`trust.${trust}`)}</span>
        {failure === null ? null : <span className="text-ink-2"> · {t(`failure.${failure}`)}</span>}
      </p>
    </>
  );
}
