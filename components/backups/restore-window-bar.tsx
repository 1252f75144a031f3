"use client";
import { useTrust } from "@/components/status/trust";
import { Period } from "@/components/ui/age";
import { useT } from "@/lib/client/i18n";
import { useAtTick } from "@/lib/client/use-live";
import type { BackupRow, BackupSourceView, RestoreWindow } from "@/lib/domain/backups/view";
import { formatAge, formatDuration } from "@/lib/format/duration";

const HEIGHT: Readonly<Record<BackupRow["type"], string>> = {
  full: "h-5",
  diff: "h-3.5",
  incr: "h-2.5",
  unknown: "h-2.5",
};
/** More marks than this on one bar are a smear. */
const MARKS_MAX = 120;

/** To which moments a restore is possible, as a bar and in words, and what that rests on. */
export function RestoreWindowBar(props: { source: BackupSourceView; rows: readonly BackupRow[] | null }) {
  const { source } = props;
  const t = useT();
  const trust = useTrust(source.trust);
  const { window } = source;
  return (
    <div data-window={window === null ? "none" : window.toBasis}>
      <h3 className="text-xs font-medium text-ink-3">{t("backups.window.title")}</h3>
      {window === null ? (
        <p className={source.count === null ? "mt-1 text-sm text-blind" : "mt-1 text-sm text-ink-2"}>
          {t(
            source.count === null
              ? "format.unknown"
              : source.kind === "pgbackrest"
                ? "backups.window.none"
                : "backups.window.untold",
          )}
        </p>
      ) : (
        <>
          <Bar window={window} rows={props.rows ?? []} blind={trust !== "fresh"} />
          <Words window={window} />
        </>
      )}
    </div>
  );
}

function Bar(props: { window: RestoreWindow; rows: readonly BackupRow[]; blind: boolean }) {
  const { window, rows, blind } = props;
  // In thousandths, so that the bar is drawn anew when it would look different.
  const end = useAtTick((now) => Math.round(1_000 * shareOf(window.to, window.from, now)) / 1_000);
  const now = useAtTick((ms) => Math.floor(ms / 60_000) * 60_000);
  const marks = rows.filter((row) => row.stoppedAt !== null && row.stoppedAt >= window.from).slice(0, MARKS_MAX);
  return (
    <div aria-hidden="true" className="relative mt-2 h-5">
      <div className="absolute inset-x-0 bottom-0 h-2 rounded-sm bg-raised hatched" />
      <div
        className={`absolute bottom-0 left-0 h-2 rounded-sm ${blind ? "bg-blind-line" : "bg-accent"}`}
        style={{ width: `${end * 100}%` }}
      />
      {marks.map((row) => (
        <div
          key={`${row.repo}/${row.label}`}
          className={`absolute bottom-0 w-0.5 ${row.error === true ? "bg-crit" : "bg-ink"} ${HEIGHT[row.type]}`}
          style={{ left: `calc(${shareOf(row.stoppedAt ?? "", window.from, now) * 100}% - 1px)` }}
        />
      ))}
    </div>
  );
}

/** How far along a moment lies between the window's beginning and now, from 0 to 1. */
function shareOf(at: string, from: string, now: number): number {
  const start = Date.parse(from);
  const whole = Math.max(1, now - start);
  return Math.min(1, Math.max(0, (Date.parse(at) - start) / whole));
}

function Words(props: { window: RestoreWindow }) {
  const { window } = props;
  const t = useT();
  const behind = useAtTick((now) => formatAge(t, now - Date.parse(window.to)));
  return (
    <>
      <p className="mt-1.5 flex flex-wrap items-baseline gap-x-2 text-sm">
        <span className="font-medium">
          <Period from={window.from} to={window.to} />
        </span>
        <span className="text-ink-2">
          {t("backups.window.length", { length: formatDuration(t, Date.parse(window.to) - Date.parse(window.from)) })} ·{" "}
          {t("backups.window.behind", { age: behind })}
        </span>
      </p>
      <p className="mt-0.5 max-w-[60rem] text-xs wrap-anywhere text-ink-3">
        {t(`backups.window.basis.${window.toBasis}`, { label: window.fromLabel })}{" "}
        {window.walFrom === null || window.walTo === null
          ? null
          : t("backups.window.wal", { from: window.walFrom, to: window.walTo })}{" "}
        {t("backups.window.gaps")}
      </p>
    </>
  );
}
