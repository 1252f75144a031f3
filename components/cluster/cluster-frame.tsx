"use client";
import type { ReactNode } from "react";
import { ActionScope } from "@/components/actions/action-scope";
import { OperationsAnnouncer } from "@/components/actions/operations-announcer";
import { OperationsStrip } from "@/components/actions/operations-strip";
import { PauseBanner } from "@/components/actions/pause-banner";
import { AttentionLines } from "@/components/alerts/attention-lines";
import { NameScope } from "@/components/members/short-name";
import { StaleScope } from "@/components/status/trust";
import { StoreBanner } from "@/components/store/store-banner";
import { PageNotice } from "@/components/ui/page-notice";
import { useT } from "@/lib/client/i18n";
import type { ClusterPageName } from "@/lib/client/paths";
import { useCluster } from "@/lib/client/use-live";
import type { Snapshot } from "@/lib/domain/snapshot";
import { ClusterHeading } from "./cluster-heading";
import { ClusterSkeleton } from "./cluster-skeleton";
import { ClusterTabs } from "./cluster-tabs";
import { VerdictAnnouncer } from "./verdict-announcer";
import { VerdictStrip } from "./verdict-strip";

/**
 * What every page of a cluster but the overview stands in: which cluster, which page, and the live verdict. `children` is given the
 * live picture; below it, everything knows through `usePageStale` when the page hears nothing.
 */
export function ClusterFrame(props: {
  scope: string;
  page: Exclude<ClusterPageName, "overview">;
  children: (snapshot: Snapshot, stale: boolean) => ReactNode;
}) {
  const t = useT();
  const { snapshot, stale, problem } = useCluster(props.scope);
  return (
    <main
      id="content"
      tabIndex={-1}
      className="mx-auto w-full max-w-[120rem] px-3 py-4 outline-none sm:px-5"
      data-scope={props.scope}
      data-page={props.page}
      data-version={snapshot?.version}
      data-stale={stale}
    >
      {snapshot ? (
        <StaleScope stale={stale}>
          <ActionScope scope={props.scope}>
            <NameScope names={snapshot.members.map(({ name }) => name)}>
              <VerdictAnnouncer writePath={snapshot.writePath} stale={stale} />
              <OperationsAnnouncer snapshot={snapshot} />
              <div className="flex flex-col gap-4">
                <ClusterHeading snapshot={snapshot} />
                <ClusterTabs scope={props.scope} page={props.page} findings={snapshot.findings} />
                <VerdictStrip snapshot={snapshot} />
                <PauseBanner snapshot={snapshot} />
                <AttentionLines attention={snapshot.attention} />
                <OperationsStrip snapshot={snapshot} />
                <StoreBanner store={snapshot.store} />
                {props.children(snapshot, stale)}
              </div>
            </NameScope>
          </ActionScope>
        </StaleScope>
      ) : problem ? (
        <PageNotice level="blind" title={t(`problem.${problem.kind}`)} text={problem.detail ?? t("problem.retrying")} />
      ) : (
        <ClusterSkeleton />
      )}
    </main>
  );
}
