"use client";
import { clsx } from "clsx";
import { useState } from "react";
import { ActionScope } from "@/components/actions/action-scope";
import { OperationsAnnouncer } from "@/components/actions/operations-announcer";
import { OperationsStrip } from "@/components/actions/operations-strip";
import { PauseBanner } from "@/components/actions/pause-banner";
import { HistoryPanel } from "@/components/activity/history-panel";
import { PlannedPanel } from "@/components/activity/planned-panel";
import { AttentionLines } from "@/components/alerts/attention-lines";
import { BackupCard } from "@/components/backups/backup-card";
import { ClientEyeCard } from "@/components/client-eye/client-eye-card";
import { FindingsPanel } from "@/components/findings/findings-panel";
import { MembersTable } from "@/components/members/members-table";
import { NameScope } from "@/components/members/short-name";
import { PastSourceDrawer } from "@/components/replay/past-source-drawer";
import { HaproxyPanel } from "@/components/routing/haproxy-panel";
import { PgbouncerPanel } from "@/components/routing/pgbouncer-panel";
import { VipCard } from "@/components/routing/vip-card";
import { ProvenPanel } from "@/components/runbooks/proven-panel";
import { RunsAnnouncer } from "@/components/runs/runs-announcer";
import { RunsStrip } from "@/components/runs/runs-strip";
import { SourceDrawer } from "@/components/sources/source-drawer";
import { SourcesPanel } from "@/components/sources/sources-panel";
import { StaleScope } from "@/components/status/trust";
import { StoreBanner } from "@/components/store/store-banner";
import { TopologyPanel } from "@/components/topology/topology-panel";
import type { Snapshot } from "@/lib/domain/snapshot";
import { ClusterHeading } from "./cluster-heading";
import { ClusterTabs } from "./cluster-tabs";
import { useTrailing } from "./use-trailing";
import { VerdictAnnouncer } from "./verdict-announcer";
import { VerdictBanner } from "./verdict-banner";

/** More hosts than this need the whole width for themselves. */
const HOSTS_BESIDE_CARDS = 4;

/**
 * One cluster on one page: the verdict first, then the way of a write, then everything that they rest on. The verdict, the way
 * and the VIP are committed with the picture that brought them; the rest follows right after, so as not to delay their paint.
 * `past`: a picture out of the record, whose sources cannot be asked any more.
 */
export function ClusterOverview(props: { snapshot: Snapshot; stale: boolean; past?: boolean }) {
  const { snapshot, stale } = props;
  const details = useTrailing(snapshot, stale);
  const [sourceIds, setSourceIds] = useState<readonly string[] | null>(null);
  const wide = snapshot.members.length > HOSTS_BESIDE_CARDS;
  return (
    <StaleScope stale={stale}>
      <ActionScope scope={snapshot.scope}>
        <NameScope names={snapshot.members.map(({ name }) => name)}>
          <VerdictAnnouncer writePath={snapshot.writePath} stale={stale} />
          {props.past ? null : <OperationsAnnouncer snapshot={snapshot} />}
          {props.past ? null : <RunsAnnouncer snapshot={snapshot} />}
          <div className="flex flex-col gap-4">
            <ClusterHeading snapshot={snapshot} />
            <ClusterTabs scope={snapshot.scope} page="overview" findings={props.past ? null : details.findings} />
            <div className="grid grid-cols-1 gap-4 xl:grid-cols-12">
              <div className="max-xl:-order-2 xl:col-span-9 *:h-full">
                <VerdictBanner writePath={snapshot.writePath} onSource={setSourceIds} />
              </div>
              <div className="xl:col-span-3 *:h-full">
                <FindingsPanel snapshot={details} onSource={setSourceIds} />
              </div>
              {props.past ? null : (
                <div className="flex flex-col gap-4 empty:hidden max-xl:-order-1 xl:col-span-12">
                  <PauseBanner snapshot={snapshot} />
                  <AttentionLines attention={snapshot.attention} />
                  <OperationsStrip snapshot={snapshot} />
                  <RunsStrip snapshot={snapshot} />
                  <StoreBanner store={snapshot.store} />
                </div>
              )}
              <div className={clsx("flex flex-col gap-4 *:first:flex-1", wide ? "xl:col-span-12" : "xl:col-span-9")}>
                <TopologyPanel snapshot={snapshot} />
                <PlannedPanel scheduled={details.scheduled} handover={details.handover} />
              </div>
              <div
                className={
                  wide ? "grid gap-4 md:grid-cols-3 xl:col-span-12" : "flex flex-col gap-4 *:last:flex-1 xl:col-span-3"
                }
              >
                <VipCard vip={snapshot.vip} />
                <ClientEyeCard eye={snapshot.clientEye} />
                <BackupCard scope={details.scope} backups={details.backups} archiving={details.archiving} />
              </div>
              <div className="xl:col-span-12">
                <MembersTable members={details.members} />
              </div>
              <div className="xl:col-span-5 *:h-full">
                <HaproxyPanel nodes={details.haproxy} writer={details.writePath.writer} />
              </div>
              <div className="xl:col-span-4 *:h-full">
                <PgbouncerPanel poolers={details.pgbouncer} />
              </div>
              <div className="flex flex-col gap-4 *:last:flex-1 xl:col-span-3">
                {props.past ? null : <ProvenPanel scope={details.scope} board={details.runs} />}
                <HistoryPanel scope={snapshot.scope} history={details.history} />
              </div>
              <div className="xl:col-span-12">
                <SourcesPanel sources={details.sources} onSource={setSourceIds} />
              </div>
            </div>
          </div>
          {sourceIds === null ? null : props.past ? (
            <PastSourceDrawer ids={sourceIds} sources={snapshot.sources} onClose={() => setSourceIds(null)} />
          ) : (
            <SourceDrawer
              scope={snapshot.scope}
              ids={sourceIds}
              sources={snapshot.sources}
              onClose={() => setSourceIds(null)}
            />
          )}
        </NameScope>
      </ActionScope>
    </StaleScope>
  );
}
