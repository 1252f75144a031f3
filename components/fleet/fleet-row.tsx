"use client";
import { clsx } from "clsx";
import Link from "next/link";
import type { ReactNode } from "react";
import { PauseBadge } from "@/components/actions/pause-badge";
import { MaintenanceBadge } from "@/components/alerts/maintenance-badge";
import { MaintenanceLine } from "@/components/alerts/maintenance-line";
import { SeverityBadges } from "@/components/findings/severity-badges";
import { worstLag } from "@/components/members/member-state";
import { LEVEL_OF_STATE, type Level, TEXT_OF_LEVEL } from "@/components/status/level";
import { StatusMark } from "@/components/status/status-mark";
import { StaleScope, TrustWord, useTrust } from "@/components/status/trust";
import { votesText } from "@/components/status/votes";
import { Age, Lasting } from "@/components/ui/age";
import { EnvironmentBadge } from "@/components/ui/badge";
import { useT } from "@/lib/client/i18n";
import type { ClusterName } from "@/lib/client/live-provider";
import { clusterPath } from "@/lib/client/paths";
import { useIsOld } from "@/lib/client/use-live";
import type { Snapshot } from "@/lib/domain/snapshot";
import { formatBytes } from "@/lib/format/bytes";
import { messageText } from "@/lib/format/message";
import { formatNumber } from "@/lib/format/number";
import { FleetWork } from "./fleet-work";

const BOX: Readonly<Record<Level, string>> = {
  ok: "border-line bg-surface",
  info: "border-line bg-surface",
  warn: "border-warn-line bg-surface shadow-[inset_3px_0_0_var(--warn)]",
  crit: "border-crit-line bg-crit-soft shadow-[inset_4px_0_0_var(--crit)]",
  split: "on-solid border-crit-solid bg-crit-solid",
  blind: "hatched border-dashed border-blind-line bg-blind-soft",
};

/** One cluster in the fleet: its sentence, and the figures that tell whether to go and look. */
export function FleetRow(props: { cluster: ClusterName; snapshot: Snapshot | null }) {
  const { cluster, snapshot } = props;
  const t = useT();
  const stale = useIsOld(snapshot?.at);
  const level = !snapshot || stale ? "blind" : LEVEL_OF_STATE[snapshot.writePath.state];
  const word = !snapshot ? t("state.unknown") : stale ? t("state.stale") : t(`state.${snapshot.writePath.state}`);
  return (
    <li
      className={clsx("relative rounded-lg border", BOX[level])}
      data-cluster={cluster.scope}
      data-level={level}
      data-state={snapshot?.writePath.state}
    >
      <StaleScope stale={stale}>
        <div className="flex flex-col gap-x-6 gap-y-3 py-3.5 pr-4 pl-5 xl:flex-row xl:items-center">
          <div className="min-w-0 flex-1">
            <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
              <StatusMark level={level} />
              <span className={clsx("text-sm font-semibold", TEXT_OF_LEVEL[level])}>{word}</span>
              <Link
                href={clusterPath(cluster.scope)}
                className="text-sm font-semibold text-ink wrap-anywhere after:absolute after:inset-0 after:rounded-lg hover:text-accent"
              >
                {cluster.title}
              </Link>
              <EnvironmentBadge environment={cluster.environment} />
              <PauseBadge paused={snapshot?.paused ?? null} note={snapshot?.actions?.pause ?? null} />
              <MaintenanceBadge attention={snapshot?.attention ?? null} />
              {snapshot ? <SeverityBadges findings={snapshot.findings} /> : null}
            </p>
            <p className="mt-1 text-lg font-semibold tracking-[-0.01em] wrap-anywhere">
              {snapshot ? messageText(t, snapshot.writePath.message) : t("fleet.firstLook")}
            </p>
            {snapshot ? (
              <p className="text-xs text-ink-2">
                {votesText(t, snapshot.writePath, !stale)}
                {" · "}
                {t("verdict.for")} <Lasting since={snapshot.writePath.since} />
              </p>
            ) : null}
            <MaintenanceLine attention={snapshot?.attention ?? null} />
            {snapshot ? <FleetWork snapshot={snapshot} /> : null}
          </div>
          {snapshot ? <Figures snapshot={snapshot} /> : null}
        </div>
      </StaleScope>
    </li>
  );
}

function Figures(props: { snapshot: Snapshot }) {
  const { leader, vip, members, at, dcs } = props.snapshot;
  const t = useT();
  // Without a fresh look at the DCS, nobody holding the key is not the same as there being nobody.
  const unseen = useTrust(dcs.trust) !== "fresh";
  const lag = worstLag(members);
  const replicas = members.some(({ role }) => role !== "leader" && role !== "standby-leader");
  const missing = members.filter(({ presence }) => presence === "missing").length;
  return (
    <dl className="grid grid-cols-2 gap-x-5 gap-y-2 text-sm sm:grid-cols-5 xl:w-[46rem]">
      <Figure label={t("fleet.leader")}>
        <span
          className={clsx("clip-name block", unseen ? "text-blind" : leader === null && "text-warn")}
          title={leader?.name}
        >
          {leader?.name ?? (unseen ? t("format.unknown") : t("fleet.noLeader"))}
        </span>
      </Figure>
      <Figure label={t("fleet.vip")}>{vip === null ? t("fleet.notConfigured") : <Vip vip={vip} />}</Figure>
      <Figure label={t("fleet.members")}>
        <span className={unseen ? "text-blind" : missing > 0 ? "font-medium text-crit" : ""}>
          {unseen && members.length === 0
            ? t("format.unknown")
            : `${formatNumber(t.locale, members.length - missing)} / ${formatNumber(t.locale, members.length)}`}
        </span>
      </Figure>
      <Figure label={t("fleet.worstLag")}>
        {!replicas ? (
          <span className="text-ink-3">{t("fleet.noReplicas")}</span>
        ) : (
          <span className={lag.bytes === null ? "text-blind" : ""}>{formatBytes(t, lag.bytes)}</span>
        )}
        {lag.unknown && lag.bytes !== null ? (
          <span className="block text-2xs text-blind">{t("fleet.someUnknown")}</span>
        ) : null}
      </Figure>
      <Figure label={t("fleet.seen")}>
        <Age at={at} />
      </Figure>
    </dl>
  );
}

function Vip(props: { vip: NonNullable<Snapshot["vip"]> }) {
  const { holders, trust: claimed } = props.vip;
  const t = useT();
  const trust = useTrust(claimed);
  return (
    <span
      className={clsx("clip-name block", (trust !== "fresh" || holders.length !== 1) && "text-blind")}
      title={holders.join(", ")}
    >
      {holders.length > 0 ? holders.join(", ") : t("format.unknown")} <TrustWord trust={trust} />
    </span>
  );
}

function Figure(props: { label: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-ink-3">{props.label}</dt>
      <dd className="min-w-0">{props.children}</dd>
    </div>
  );
}
