"use client";
import { clsx } from "clsx";
import { type Level, levelUnderTrust, TEXT_OF_LEVEL } from "@/components/status/level";
import { StatusMark } from "@/components/status/status-mark";
import { TrustWord, useTrust } from "@/components/status/trust";
import { Age, Lasting } from "@/components/ui/age";
import { Nothing, Panel } from "@/components/ui/panel";
import { useT } from "@/lib/client/i18n";
import type { Snapshot } from "@/lib/domain/snapshot";
import { messageText } from "@/lib/format/message";
import { formatNumber } from "@/lib/format/number";

type Archiving = NonNullable<Snapshot["archiving"]>;

export const LEVEL_OF_ARCHIVING: Readonly<Record<Archiving["state"], Level>> = {
  ok: "ok",
  off: "warn",
  failing: "crit",
  stuck: "crit",
  unknown: "blind",
};

/** How the leader's WAL gets into the archive: since when it fails, and how much waits. */
export function ArchivingPanel(props: { archiving: Snapshot["archiving"] }) {
  const { archiving } = props;
  const t = useT();
  const trust = useTrust(archiving?.trust ?? "unknown");
  if (!archiving) {
    return (
      <Panel title={t("archiving.title")}>
        <Nothing>{t("backups.archiving.notAsked")}</Nothing>
      </Panel>
    );
  }
  const level = levelUnderTrust(LEVEL_OF_ARCHIVING[archiving.state], trust);
  return (
    <Panel
      title={t("archiving.title")}
      aside={
        <span className="flex items-baseline gap-2">
          <TrustWord trust={trust} />
          <Age at={archiving.at} />
        </span>
      }
      className={clsx(trust !== "fresh" && "hatched")}
    >
      <div data-archiving={archiving.state} data-trust={trust}>
        <p className={clsx("flex items-start gap-2 text-sm font-medium", TEXT_OF_LEVEL[level])}>
          <StatusMark level={level} size={16} className="mt-0.5" />
          <span className="min-w-0 wrap-anywhere">{messageText(t, archiving.text)}</span>
        </p>
        <dl className="mt-3 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-sm">
          {archiving.failingSince === null ? null : (
            <Row label={t("backups.archiving.failingFor")}>
              <span className="font-medium text-crit">
                <Lasting since={archiving.failingSince} />
              </span>
            </Row>
          )}
          <Row label={t("backups.archiving.last")}>
            <Wal name={archiving.lastArchivedWal} at={archiving.lastArchivedAt} />
          </Row>
          <Row label={t("backups.archiving.lastFailed")}>
            <Wal name={archiving.lastFailedWal} at={archiving.lastFailedAt} />
          </Row>
          <Row label={t("backups.archiving.failures")}>
            <Count value={archiving.failedCount} />
          </Row>
          <Row label={t("backups.archiving.backlog")}>
            <Count value={archiving.backlog} />{" "}
            {archiving.backlogAt === null ? null : (
              <span className="text-xs text-ink-3">
                <Age at={archiving.backlogAt} />
              </span>
            )}
          </Row>
        </dl>
      </div>
    </Panel>
  );
}

function Row(props: { label: string; children: React.ReactNode }) {
  return (
    <>
      <dt className="text-ink-3">{props.label}</dt>
      <dd className="min-w-0 wrap-anywhere">{props.children}</dd>
    </>
  );
}

function Wal(props: { name: string | null; at: string | null }) {
  const t = useT();
  if (props.name === null) return <span className="text-ink-3">{t("age.never")}</span>;
  return (
    <>
      <span className="figures text-xs wrap-anywhere">{props.name}</span>{" "}
      <span className="text-xs text-ink-3">
        <Age at={props.at} />
      </span>
    </>
  );
}

function Count(props: { value: number | null }) {
  const t = useT();
  if (props.value === null) return <span className="text-blind">{t("format.unknown")}</span>;
  return <span>{formatNumber(t.locale, props.value)}</span>;
}
