"use client";
import { useSearchParams } from "next/navigation";
import { useState } from "react";
import { HinderedButton } from "@/components/ui/hindered-button";
import { useT } from "@/lib/client/i18n";
import { useClusterNames } from "@/lib/client/live-provider";
import { alertsPath } from "@/lib/client/paths";
import { useLink, useSnapshots } from "@/lib/client/use-live";
import { DeliveriesPanel } from "./deliveries-panel";
import { mergedSilences } from "./groups";
import { MaintenanceDrawer } from "./maintenance-drawer";
import { NotifiersPanel } from "./notifiers-panel";
import { OpenAlerts } from "./open-alerts";
import { ResolvedAlerts } from "./resolved-alerts";
import { SilencesPanel } from "./silences-panel";
import { useRoleHindrance } from "./use-role-hindrance";

/** Who was told of what, in all clusters or, with `?scope=`, in one: what fires, who has it, what is kept quiet, what was sent. */
export function AlertsPage() {
  const t = useT();
  const clusters = useClusterNames();
  const asked = useSearchParams()?.get("scope") ?? null;
  const scope = clusters.some((one) => one.scope === asked) ? asked : null;
  const scopes = clusters.filter((one) => scope === null || one.scope === scope).map((one) => one.scope);
  const held = useSnapshots(scopes);
  const { silent } = useLink();
  const boards = held.flatMap((snapshot) => snapshot?.attention ?? []);
  const blind = silent || boards.length < scopes.length;
  const silences = mergedSilences(boards.map((board) => board.silences));
  return (
    <main
      id="content"
      tabIndex={-1}
      data-page="alerts"
      className="mx-auto flex w-full max-w-[120rem] flex-col gap-4 px-3 py-4 outline-none sm:px-5"
    >
      <Heading scope={scope} />
      {boards.some(({ inMemory }) => inMemory) ? (
        <p role="status" className="rounded-lg border border-warn-line bg-surface px-4 py-2 text-sm text-warn">
          {t("alertsPage.inMemory")}
        </p>
      ) : null}
      <div className="grid grid-cols-1 items-start gap-4 xl:grid-cols-12">
        <div className="flex min-w-0 flex-col gap-4 xl:col-span-8">
          <OpenAlerts alerts={boards.flatMap(({ alerts }) => alerts)} silences={silences} blind={blind} />
          <ResolvedAlerts scope={scope} />
        </div>
        <div className="flex min-w-0 flex-col gap-4 xl:col-span-4">
          <SilencesPanel silences={silences} />
          <NotifiersPanel />
        </div>
        <div className="min-w-0 xl:col-span-12">
          <DeliveriesPanel />
        </div>
      </div>
    </main>
  );
}

function Heading(props: { scope: string | null }) {
  const { scope } = props;
  const t = useT();
  const clusters = useClusterNames();
  const hindrance = useRoleHindrance("operator");
  const [open, setOpen] = useState(false);
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        <h1 className="text-lg font-semibold">{t("alertsPage.title")}</h1>
        <p className="max-w-5xl text-sm text-ink-2">{t("alertsPage.intro")}</p>
      </div>
      <div className="flex flex-wrap items-start gap-2">
        <select
          aria-label={t("alertsPage.cluster")}
          value={scope ?? ""}
          onChange={(event) =>
            window.history.replaceState(null, "", alertsPath(event.target.value === "" ? null : event.target.value))
          }
          className="h-[34px] max-w-60 min-w-0 rounded-md border border-line-strong bg-surface px-2 text-sm text-ink"
        >
          <option value="">{t("alertsPage.everyCluster")}</option>
          {clusters.map((one) => (
            <option key={one.scope} value={one.scope}>
              {one.title}
            </option>
          ))}
        </select>
        <HinderedButton hindrance={hindrance} onClick={() => setOpen(true)}>
          {t("maintenance.begin")}
        </HinderedButton>
      </div>
      {open ? <MaintenanceDrawer scope={scope} onClose={() => setOpen(false)} /> : null}
    </header>
  );
}
