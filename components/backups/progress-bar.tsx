"use client";
import { useT } from "@/lib/client/i18n";
import { formatBytes } from "@/lib/format/bytes";
import { formatNumber } from "@/lib/format/number";

/** How far a copy is; in words where its size is not told, never as an empty bar. */
export function ProgressBar(props: { label: string; done: number | null; total: number | null }) {
  const { label, done, total } = props;
  const t = useT();
  if (done === null || total === null || total <= 0) {
    return <p className="mt-1 text-xs text-ink-3">{t("backups.progressUnknown")}</p>;
  }
  const share = Math.min(1, done / total);
  return (
    <div className="mt-1.5 flex items-center gap-3">
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.floor(share * 100)}
        className="h-2 min-w-0 flex-1 overflow-hidden rounded-sm bg-raised"
      >
        <div className="h-full bg-accent" style={{ width: `${share * 100}%` }} />
      </div>
      <span className="text-xs whitespace-nowrap text-ink-2">
        {formatNumber(t.locale, Math.floor(share * 100))} % · {formatBytes(t, done)} / {formatBytes(t, total)}
      </span>
    </div>
  );
}
