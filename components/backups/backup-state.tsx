"use client";
import type { Level } from "@/components/status/level";
import { TEXT_OF_LEVEL } from "@/components/status/level";
import { StatusMark } from "@/components/status/status-mark";
import { useT } from "@/lib/client/i18n";
import type { BackupRow } from "@/lib/domain/backups/view";

const LEVEL: Readonly<Record<BackupRow["state"], Level>> = {
  done: "ok",
  running: "info",
  failed: "crit",
  incomplete: "warn",
  unknown: "blind",
};

/** Whether a backup can be restored, and what speaks against it. */
export function BackupState(props: { row: BackupRow }) {
  const { row } = props;
  const t = useT();
  const level = row.error === true || row.missing.length > 0 ? "crit" : LEVEL[row.state];
  return (
    <div data-state={row.state} data-error={String(row.error)} className="lg:min-w-28">
      <span className={`flex items-center gap-1.5 ${TEXT_OF_LEVEL[level]}`}>
        <StatusMark level={level} size={14} />
        {row.missing.length > 0 ? t("backups.state.broken") : t(`backups.state.${row.state}`)}
      </span>
      <span className={`block text-xs ${row.error === true ? "font-medium text-crit" : "text-ink-3"}`}>
        {t(`backups.error.${row.error === null ? "unchecked" : row.error ? "yes" : "no"}`)}
      </span>
      {row.onlyAt.length > 0 ? (
        <span className="block text-xs text-warn">{t("backups.onlyAt", { places: row.onlyAt.join(", ") })}</span>
      ) : null}
    </div>
  );
}
