"use client";
import { useState } from "react";
import { SourceDrawer } from "@/components/sources/source-drawer";
import { problemOf } from "@/lib/client/api";
import { useT } from "@/lib/client/i18n";
import { useBackupList } from "@/lib/client/use-backups";
import type { Snapshot } from "@/lib/domain/snapshot";
import { ArchivingPanel } from "./archiving-panel";
import { BackupTable } from "./backup-table";
import { SetupHelp } from "./setup-help";
import { SourcePanel } from "./source-panel";
import { StreamsPanel } from "./streams-panel";

/** Each source with what may be concluded from it, its list, and WAL archiving, without which backups are moments only. */
export function BackupsContent(props: { snapshot: Snapshot }) {
  const { scope, backups, archiving, sources } = props.snapshot;
  const t = useT();
  const list = useBackupList(scope, backups);
  const [sourceIds, setSourceIds] = useState<readonly string[] | null>(null);
  const rowsOf = (id: string) => list.data?.sources.find((source) => source.id === id)?.backups ?? null;
  return (
    <div className="grid grid-cols-1 items-start gap-4 xl:grid-cols-12">
      <div className="flex min-w-0 flex-col gap-4 xl:col-span-8">
        {backups.sources.length === 0 ? <SetupHelp open /> : null}
        {backups.sources.map((source) => (
          <SourcePanel key={source.id} source={source} rows={rowsOf(source.id)} onSource={setSourceIds} />
        ))}
      </div>
      <div className="flex min-w-0 flex-col gap-4 xl:col-span-4">
        <ArchivingPanel archiving={archiving} />
        <StreamsPanel streams={backups.streams} asked={backups.sources.length > 0} />
      </div>
      <div className="flex min-w-0 flex-col gap-4 xl:col-span-12">
        {list.error ? (
          <p role="alert" className="text-sm text-warn">
            {t(`problem.${problemOf(list.error).kind}`)} {problemOf(list.error).detail}
          </p>
        ) : null}
        {backups.sources.map((source) => (
          <BackupTable key={source.id} source={source} rows={rowsOf(source.id)} />
        ))}
        {backups.sources.length === 0 ? null : <SetupHelp />}
      </div>
      {sourceIds === null ? null : (
        <SourceDrawer scope={scope} ids={sourceIds} sources={sources} onClose={() => setSourceIds(null)} />
      )}
    </div>
  );
}
