"use client";
import { useSearchParams } from "next/navigation";
import { PastPage } from "@/components/replay/past-page";
import { PageNotice } from "@/components/ui/page-notice";
import { useT } from "@/lib/client/i18n";
import { useCluster } from "@/lib/client/use-live";
import { ClusterOverview } from "./cluster-overview";
import { ClusterSkeleton } from "./cluster-skeleton";

/** The overview of one cluster: as it is now, or with `?at=` as it was then. */
export function ClusterPage(props: { scope: string }) {
  const at = useSearchParams()?.get("at") ?? null;
  return at === null ? <LivePage scope={props.scope} /> : <PastPage scope={props.scope} at={at} />;
}

/**
 * The live page. The attributes of `main` say, for whoever measures, which picture the verdict and the way
 * of a write show: they are committed together with it.
 */
function LivePage(props: { scope: string }) {
  const t = useT();
  const { snapshot, stale, problem } = useCluster(props.scope);
  return (
    <main
      id="content"
      tabIndex={-1}
      className="mx-auto w-full max-w-[120rem] px-3 py-4 outline-none sm:px-5"
      data-scope={props.scope}
      data-version={snapshot?.version}
      data-leader={snapshot?.leader?.name ?? ""}
      data-writer={snapshot?.writePath.writer ?? ""}
      data-state={snapshot?.writePath.state}
      data-code={snapshot?.writePath.code}
      data-dcs-revision={snapshot?.dcs.revision ?? ""}
      data-stale={stale}
    >
      {snapshot ? (
        <ClusterOverview key={snapshot.scope} snapshot={snapshot} stale={stale} />
      ) : problem ? (
        <PageNotice level="blind" title={t(`problem.${problem.kind}`)} text={problem.detail ?? t("problem.retrying")} />
      ) : (
        <ClusterSkeleton />
      )}
    </main>
  );
}
