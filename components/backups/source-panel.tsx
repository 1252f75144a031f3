"use client";
import { clsx } from "clsx";
import { FailureText } from "@/components/sources/failure-text";
import { StatusMark } from "@/components/status/status-mark";
import { TrustWord, useTrust } from "@/components/status/trust";
import { Age, Moment } from "@/components/ui/age";
import { Panel } from "@/components/ui/panel";
import { useT } from "@/lib/client/i18n";
import type { BackupMark, BackupRow, BackupSourceView } from "@/lib/domain/backups/view";
import { formatNumber } from "@/lib/format/number";
import { CourseLine } from "./course-line";
import { PlacesList } from "./places-list";
import { RemarkList } from "./remark-list";
import { RestoreWindowBar } from "./restore-window-bar";
import { sourceTitle } from "./source-title";

/** One source: how old its newest good backup is, to when it can restore, what runs, and what is wrong with it. */
export function SourcePanel(props: {
  source: BackupSourceView;
  rows: readonly BackupRow[] | null;
  onSource: (ids: readonly string[]) => void;
}) {
  const { source, rows, onSource } = props;
  const t = useT();
  const trust = useTrust(source.trust);
  return (
    <Panel
      title={sourceTitle(t, source)}
      aside={
        <span className="flex items-baseline gap-2">
          <TrustWord trust={trust} />
          <Age at={source.at} />
        </span>
      }
      className={clsx(trust !== "fresh" && "hatched")}
    >
      <div data-backup-source={source.id} data-trust={trust} className="flex flex-col gap-4">
        {source.failure ? <FailureText failure={source.failure} /> : null}
        <dl className="grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-4">
          <MarkFigure label={t("backups.lastGood")} mark={source.last} known={source.count !== null} name="last" />
          <MarkFigure label={t("backups.lastFull")} mark={source.lastFull} known={source.count !== null} name="full" />
          <Figure label={t("backups.good")} name="count">
            {source.count === null ? <Unknown /> : formatNumber(t.locale, source.count)}
          </Figure>
          <Figure label={t("backups.toolSays")} name="status">
            {source.status === null ? <Unknown /> : <ToolStatus source={source} />}
          </Figure>
        </dl>
        <CourseLine source={source} />
        <RemarkList remarks={source.remarks} fresh={trust === "fresh"} />
        <RestoreWindowBar source={source} rows={rows} />
        <PlacesList source={source} onSource={onSource} />
      </div>
    </Panel>
  );
}

function Figure(props: { label: string; name: string; children: React.ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-ink-3">{props.label}</dt>
      <dd className="mt-0.5 text-lg leading-6 font-semibold wrap-anywhere" data-figure={props.name}>
        {props.children}
      </dd>
    </div>
  );
}

function Unknown() {
  const t = useT();
  return <span className="font-medium text-blind">{t("format.unknown")}</span>;
}

function MarkFigure(props: { label: string; mark: BackupMark | null; known: boolean; name: string }) {
  const { mark, known } = props;
  const t = useT();
  const at = mark?.stoppedAt ?? mark?.startedAt ?? null;
  return (
    <Figure label={props.label} name={props.name}>
      {mark ? (
        <>
          {at === null ? <Unknown /> : <Age at={at} />}
          <span className="figures block text-xs font-normal wrap-anywhere text-ink-2">{mark.label}</span>
          {at === null ? null : <Moment at={at} className="block text-xs font-normal text-ink-3" />}
        </>
      ) : known ? (
        <span className="text-crit">{t("backups.none")}</span>
      ) : (
        <Unknown />
      )}
    </Figure>
  );
}

function ToolStatus(props: { source: BackupSourceView }) {
  const { status, repos } = props.source;
  const t = useT();
  if (!status) return null;
  const bad = repos.filter((repo) => !repo.ok).length;
  return (
    <>
      <span className={clsx("flex items-center gap-1.5", status.kind === "ok" ? "" : "text-warn")}>
        <StatusMark level={status.kind === "ok" ? "ok" : "warn"} size={15} />
        {t(`backups.status.${status.kind}`)}
      </span>
      <span className="block text-xs font-normal text-ink-3">
        {status.kind !== "ok" && status.message !== "" ? status.message : null}
        {status.kind === "ok" && repos.length > 0 ? t("backups.repos", { count: repos.length, bad }) : null}
      </span>
    </>
  );
}
