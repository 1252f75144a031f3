"use client";
import { clsx } from "clsx";
import Link from "next/link";
import { memo } from "react";
import { type Level, levelUnderTrust, TEXT_OF_LEVEL } from "@/components/status/level";
import { StatusMark } from "@/components/status/status-mark";
import { useTrust } from "@/components/status/trust";
import { Age } from "@/components/ui/age";
import { Nothing, Panel } from "@/components/ui/panel";
import { useT } from "@/lib/client/i18n";
import { clusterPagePath } from "@/lib/client/paths";
import type { BackupSourceView } from "@/lib/domain/backups/view";
import type { Snapshot } from "@/lib/domain/snapshot";
import { messageText } from "@/lib/format/message";
import { LEVEL_OF_ARCHIVING } from "./archiving-panel";
import { sourceTitle } from "./source-title";

/** In two lines: how old the last good backup is, and whether WAL is archived. The rest is on a page of its own. */
export const BackupCard = memo(function BackupCard(props: Pick<Snapshot, "scope" | "backups" | "archiving">) {
  const { scope, backups, archiving } = props;
  const t = useT();
  return (
    <Panel
      title={t("backups.card.title")}
      aside={
        <Link href={clusterPagePath(scope, "backups")} prefetch={false} className="text-accent hover:underline">
          {t("backups.card.open")}
        </Link>
      }
    >
      <ul className="flex flex-col gap-2 text-sm">
        {backups.sources.length === 0 ? (
          <li>
            <Nothing>{t("backups.card.notConfigured")}</Nothing>
          </li>
        ) : null}
        {backups.sources.map((source) => (
          <LastGood key={source.id} source={source} several={backups.sources.length > 1} />
        ))}
        {archiving ? <Archiving archiving={archiving} /> : null}
      </ul>
    </Panel>
  );
});

function LastGood(props: { source: BackupSourceView; several: boolean }) {
  const { source, several } = props;
  const t = useT();
  const trust = useTrust(source.trust);
  const worst = source.remarks[0]?.severity;
  const level: Level = worst === "critical" ? "crit" : worst === "warn" ? "warn" : "ok";
  const shown = levelUnderTrust(source.count === null ? "blind" : level, trust);
  const at = source.last?.stoppedAt ?? source.last?.startedAt ?? null;
  return (
    <li className="flex items-start gap-2" data-backup-card={source.id} data-trust={trust}>
      <StatusMark level={shown} size={15} className="mt-0.5" />
      <span className="min-w-0 wrap-anywhere">
        {several ? <span className="block text-xs text-ink-3">{sourceTitle(t, source)}</span> : null}
        <span className={TEXT_OF_LEVEL[shown]}>
          {source.count === null ? (
            t("backups.card.unknown")
          ) : source.last === null ? (
            t("backups.card.none")
          ) : (
            <>
              {t("backups.card.last")} {at === null ? source.last.label : <Age at={at} />}
            </>
          )}
        </span>
        {source.running ? <span className="block text-xs text-accent">{t("backups.card.running")}</span> : null}
      </span>
    </li>
  );
}

function Archiving(props: { archiving: NonNullable<Snapshot["archiving"]> }) {
  const { archiving } = props;
  const t = useT();
  const trust = useTrust(archiving.trust);
  const level = levelUnderTrust(LEVEL_OF_ARCHIVING[archiving.state], trust);
  return (
    <li className="flex items-start gap-2" data-trust={trust}>
      <StatusMark level={level} size={15} className="mt-0.5" />
      <span className={clsx("min-w-0 wrap-anywhere", TEXT_OF_LEVEL[level])}>{messageText(t, archiving.text)}</span>
    </li>
  );
}
