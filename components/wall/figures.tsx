"use client";
import { clsx } from "clsx";
import type { ReactNode } from "react";
import { worstLag } from "@/components/members/member-state";
import { type Level, TEXT_OF_LEVEL } from "@/components/status/level";
import { usePageStale, useTrust } from "@/components/status/trust";
import { Lasting } from "@/components/ui/age";
import { useT } from "@/lib/client/i18n";
import type { Snapshot, Trust } from "@/lib/domain/snapshot";
import { formatBytes } from "@/lib/format/bytes";
import { backupStanding } from "./backup-standing";
import { LagSparkline } from "./lag-sparkline";
import { type Density, isSmall } from "./layout";
import type { Trails } from "./trail";
import "./wall-figures.css";

/** Who leads, who holds the VIP, how far replicas are behind and how old the last backup is; each with its age where it has one. */
export function Figures(props: { snapshot: Snapshot; density: Density; trails: Trails }) {
  const { snapshot, density, trails } = props;
  return (
    <dl className="wall-figures">
      <Leader snapshot={snapshot} />
      <Vip vip={snapshot.vip} />
      <Lag snapshot={snapshot} trails={trails} />
      <Backup snapshot={snapshot} rough={isSmall(density)} />
    </dl>
  );
}

function Leader(props: { snapshot: Snapshot }) {
  const { leader, dcs } = props.snapshot;
  const t = useT();
  // Without a fresh look at the DCS, nobody holding the key is not the same as there being nobody.
  const trust = useTrust(dcs.trust);
  const unseen = trust !== "fresh";
  const level: Level = unseen ? "blind" : leader === null ? "crit" : "ok";
  return (
    <Figure
      label={t("fleet.leader")}
      level={level}
      value={leader?.name ?? t(unseen ? "wall.unknown" : "fleet.noLeader")}
      aside={leader === null ? null : <Since since={leader.since} trust={trust} />}
      name={leader !== null}
    />
  );
}

function Vip(props: { vip: Snapshot["vip"] }) {
  const { vip } = props;
  const t = useT();
  const trust = useTrust(vip?.trust ?? "n/a");
  if (vip === null) return <Figure label={t("fleet.vip")} level="info" value={t("wall.notConfigured")} muted />;
  const several = vip.holders.length > 1;
  const level: Level = trust !== "fresh" || vip.holders.length === 0 ? "blind" : several ? "crit" : "ok";
  return (
    <Figure
      label={t("fleet.vip")}
      level={level}
      value={vip.holders.length > 0 ? vip.holders.join(", ") : t("wall.unknown")}
      aside={vip.holders.length === 0 ? null : <Since since={vip.since} trust={trust} />}
      name={vip.holders.length > 0}
    />
  );
}

/** Since when it is so; of what is not seen freshly, that it is what was last known. */
function Since(props: { since: string | null; trust: Trust }) {
  const { since, trust } = props;
  const t = useT();
  if (trust === "stale" || trust === "unknown") return <span className="text-blind">{t(`trust.${trust}`)}</span>;
  return since === null ? null : <Lasting since={since} />;
}

function Lag(props: { snapshot: Snapshot; trails: Trails }) {
  const { trails } = props;
  const { members, scope } = props.snapshot;
  const t = useT();
  const stale = usePageStale();
  const lag = worstLag(members);
  const replicas = members.some(({ role }) => role !== "leader" && role !== "standby-leader");
  // Before the first look there is no member either.
  const unseen = members.length === 0 || (replicas && lag.bytes === null);
  const known = lag.unknown ? t("wall.atLeast", { bytes: formatBytes(t, lag.bytes) }) : formatBytes(t, lag.bytes);
  const value = unseen ? t("wall.unknown") : replicas ? known : t("fleet.noReplicas");
  return (
    <Figure
      label={t("wall.lag")}
      level={stale || unseen || lag.unknown ? "blind" : "ok"}
      value={value}
      muted={!replicas}
    >
      <LagSparkline scope={scope} trails={trails} />
    </Figure>
  );
}

function BackupAge(props: { at: string | null; rough: boolean }) {
  const t = useT();
  return props.at === null ? t("wall.unknown") : <Lasting since={props.at} rough={props.rough} />;
}

const BACKUP_WORD = {
  "not-configured": "wall.notConfigured",
  unknown: "wall.unknown",
  none: "wall.backups.none",
} as const;

function Backup(props: { snapshot: Snapshot; rough: boolean }) {
  const t = useT();
  const stale = usePageStale();
  const standing = backupStanding(props.snapshot.backups);
  const configured = standing.kind !== "not-configured";
  return (
    <Figure
      label={t("wall.backup")}
      level={stale && configured ? "blind" : standing.level}
      value={
        standing.kind === "last" ? <BackupAge at={standing.at} rough={props.rough} /> : t(BACKUP_WORD[standing.kind])
      }
      aside={standing.running && !stale ? t("wall.backups.running") : null}
      muted={!configured}
    />
  );
}

function Figure(props: {
  label: string;
  level: Level;
  value: ReactNode;
  aside?: ReactNode;
  /** A name may be long: it is cut off, not wrapped. */
  name?: boolean;
  muted?: boolean;
  children?: ReactNode;
}) {
  const { level } = props;
  const quiet = level === "ok" || level === "info";
  return (
    <div className="wall-figure" data-level={level}>
      <dt>{props.label}</dt>
      <dd>
        <span
          className={clsx(
            "wall-figure-value",
            props.name && "wall-figure-name",
            props.muted && "wall-figure-muted",
            quiet ? (props.muted ? "text-ink-3" : "text-ink") : TEXT_OF_LEVEL[level],
          )}
        >
          {/* Of a long name the end tells it from others: it is cut off at its beginning. */}
          {props.name ? <bdi>{props.value}</bdi> : props.value}
        </span>
        {props.aside ? <span className="wall-figure-aside">{props.aside}</span> : null}
        {props.children}
      </dd>
    </div>
  );
}
