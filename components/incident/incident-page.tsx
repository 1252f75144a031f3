"use client";
import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { ClusterFrame } from "@/components/cluster/cluster-frame";
import { useT } from "@/lib/client/i18n";
import { clusterPagePath, incidentPath } from "@/lib/client/paths";
import { parseMoment } from "@/lib/client/replay";
import { instant } from "@/lib/domain/ids";
import { IncidentView } from "./incident-view";
import { WindowForm } from "./window-form";

/** The report on one window of the past, named by `?from=` and `?to=`; without them it is asked for. */
export function IncidentPage(props: { scope: string }) {
  const { scope } = props;
  const t = useT();
  const query = useSearchParams();
  const to = parseMoment(query?.get("to") ?? null);
  const from = parseMoment(query?.get("from") ?? null);
  const choose = (window: { from: number; to: number }) =>
    globalThis.history.replaceState(null, "", incidentPath(scope, instant(window.from), instant(window.to)));
  return (
    <ClusterFrame scope={scope} page="history">
      {() => (
        <div className="flex flex-col gap-4">
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2 print:hidden">
            <Link
              href={clusterPagePath(scope, "history")}
              className="text-sm text-accent underline-offset-4 hover:underline"
            >
              ← {t("incidentPage.back")}
            </Link>
            <WindowForm from={from} to={to} onChoose={choose} />
          </div>
          {from !== null && to !== null && from < to ? (
            <IncidentView scope={scope} from={from} to={to} />
          ) : (
            <p
              role="status"
              className="rounded-lg border border-line bg-surface px-4 py-8 text-center text-sm text-ink-2"
            >
              {t("incidentPage.noWindow")}
            </p>
          )}
        </div>
      )}
    </ClusterFrame>
  );
}
