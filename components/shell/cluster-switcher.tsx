"use client";
import Link from "next/link";
import { LEVEL_OF_STATE } from "@/components/status/level";
import { StatusMark } from "@/components/status/status-mark";
import { EnvironmentBadge } from "@/components/ui/badge";
import { MENU_ITEM, Menu } from "@/components/ui/menu";
import { useT } from "@/lib/client/i18n";
import { type ClusterName, useClusterNames } from "@/lib/client/live-provider";
import { clusterPath } from "@/lib/client/paths";
import { useCluster } from "@/lib/client/use-live";

/** Where we are, and every other cluster with its state, one key away. */
export function ClusterSwitcher(props: { scope: string | null }) {
  const t = useT();
  const clusters = useClusterNames();
  const here = clusters.find(({ scope }) => scope === props.scope);
  return (
    <Menu
      label={t("shell.switchCluster")}
      button={
        <span className="clip-name max-w-[38vw] font-medium text-ink sm:max-w-80">
          {here?.title ?? t("shell.fleet")}
        </span>
      }
    >
      <ul className="w-80 max-w-[90vw]">
        <li>
          <Link href="/" className={MENU_ITEM} aria-current={props.scope === null ? "page" : undefined}>
            {t("shell.fleet")}
          </Link>
        </li>
        {clusters.map((cluster) => (
          <ClusterItem key={cluster.scope} cluster={cluster} current={cluster.scope === props.scope} />
        ))}
      </ul>
    </Menu>
  );
}

function ClusterItem(props: { cluster: ClusterName; current: boolean }) {
  const t = useT();
  const { scope, title, environment } = props.cluster;
  const { snapshot, stale } = useCluster(scope);
  const level = !snapshot || stale ? "blind" : LEVEL_OF_STATE[snapshot.writePath.state];
  const word = !snapshot ? t("state.unknown") : stale ? t("trust.stale") : t(`state.${snapshot.writePath.state}`);
  return (
    <li>
      <Link href={clusterPath(scope)} className={MENU_ITEM} aria-current={props.current ? "page" : undefined}>
        <StatusMark level={level} size={14} />
        <span className="clip-name flex-1" title={title}>
          {title}
        </span>
        <span className="text-xs text-ink-3">{word}</span>
        <EnvironmentBadge environment={environment} />
      </Link>
    </li>
  );
}
