"use client";
import { PageNotice } from "@/components/ui/page-notice";
import { useT } from "@/lib/client/i18n";
import { useClusterNames } from "@/lib/client/live-provider";
import { wallPath } from "@/lib/client/paths";
import { useSnapshots } from "@/lib/client/use-live";
import { summarise, worstFirst } from "@/lib/domain/fleet";
import { clusterScope } from "@/lib/domain/ids";
import { FleetRow } from "./fleet-row";

/** Every cluster, the worst first. Those that were not looked at yet stand where unknown ones do. */
export function FleetPage() {
  const t = useT();
  const clusters = useClusterNames();
  const held = useSnapshots(clusters.map(({ scope }) => scope));
  const rows = clusters.map((cluster, index) => {
    const snapshot = held[index] ?? null;
    const state = snapshot ? summarise(snapshot).state : ("unknown" as const);
    return { ...cluster, scope: clusterScope(cluster.scope), state, cluster, snapshot };
  });
  return (
    <main id="content" tabIndex={-1} className="mx-auto w-full max-w-[120rem] px-3 py-4 outline-none sm:px-5">
      {rows.length === 0 ? (
        <PageNotice level="info" title={t("fleet.none")} text={t("fleet.noneText")} />
      ) : (
        <>
          <div className="mb-4 flex flex-wrap items-baseline gap-x-3">
            <h1 className="text-lg font-semibold tracking-[-0.01em]">{t("fleet.title")}</h1>
            <p className="text-sm text-ink-3">{t("fleet.summary", { count: rows.length })}</p>
            <a
              href={wallPath()}
              target="_blank"
              rel="noopener"
              aria-label={t("walls.viewAll")}
              className="ml-auto text-sm text-ink-2 underline-offset-4 hover:text-accent hover:underline"
            >
              {t("walls.view")}
            </a>
          </div>
          <ul className="flex flex-col gap-2">
            {worstFirst(rows).map(({ cluster, snapshot }) => (
              <FleetRow key={cluster.scope} cluster={cluster} snapshot={snapshot} />
            ))}
          </ul>
        </>
      )}
    </main>
  );
}
