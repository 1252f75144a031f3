"use client";
import { MonitorPlay } from "lucide-react";
import { ClusterActionMenu } from "@/components/actions/action-menu";
import { PauseBadge } from "@/components/actions/pause-badge";
import { MaintenanceBadge } from "@/components/alerts/maintenance-badge";
import { EnvironmentBadge } from "@/components/ui/badge";
import { useT } from "@/lib/client/i18n";
import { wallPath } from "@/lib/client/paths";
import type { Snapshot } from "@/lib/domain/snapshot";

/** Which cluster this is; production is unlike anything else. */
export function ClusterHeading(props: { snapshot: Snapshot }) {
  const { title, scope, environment, paused, systemId, dcs } = props.snapshot;
  const t = useT();
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <h1 className="text-lg font-semibold tracking-[-0.01em] wrap-anywhere">{title}</h1>
      <EnvironmentBadge environment={environment} />
      <PauseBadge paused={paused} note={props.snapshot.actions?.pause ?? null} />
      <MaintenanceBadge attention={props.snapshot.attention} />
      <p className="flex flex-wrap gap-x-3 text-xs text-ink-3">
        {title === scope ? null : <span className="figures">{scope}</span>}
        {systemId === null ? null : (
          <span>
            {t("cluster.systemId")} <span className="figures">{systemId}</span>
          </span>
        )}
        {dcs.readAs === "patroni" ? <span className="text-warn">{t("cluster.noDcs")}</span> : null}
      </p>
      <div className="ml-auto flex items-center gap-1">
        <a
          href={wallPath(scope)}
          target="_blank"
          rel="noopener"
          aria-label={t("walls.viewOf", { title })}
          title={t("walls.view")}
          className="rounded-md p-1.5 text-ink-3 hover:bg-raised hover:text-ink print:hidden"
        >
          <MonitorPlay size={16} aria-hidden="true" />
        </a>
        <ClusterActionMenu />
      </div>
    </div>
  );
}
