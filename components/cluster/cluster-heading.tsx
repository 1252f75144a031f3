"use client";
import { Badge, EnvironmentBadge } from "@/components/ui/badge";
import { useT } from "@/lib/client/i18n";
import type { Snapshot } from "@/lib/domain/snapshot";

/** Which cluster this is; production is unlike anything else. */
export function ClusterHeading(props: { snapshot: Snapshot }) {
  const { title, scope, environment, paused, systemId, dcs } = props.snapshot;
  const t = useT();
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <h1 className="text-lg font-semibold tracking-[-0.01em] wrap-anywhere">{title}</h1>
      <EnvironmentBadge environment={environment} />
      {paused === true ? <Badge tone="warn">{t("cluster.paused")}</Badge> : null}
      <p className="flex flex-wrap gap-x-3 text-xs text-ink-3">
        {title === scope ? null : <span className="figures">{scope}</span>}
        {systemId === null ? null : (
          <span>
            {t("cluster.systemId")} <span className="figures">{systemId}</span>
          </span>
        )}
        {dcs.readAs === "patroni" ? <span className="text-warn">{t("cluster.noDcs")}</span> : null}
      </p>
    </div>
  );
}
