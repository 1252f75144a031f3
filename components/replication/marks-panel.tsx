"use client";
import Link from "next/link";
import { memo, useState } from "react";
import { MarkSign } from "@/components/charts/mark-sign";
import { type GapSpan, MARK_GROUPS, type Mark } from "@/components/charts/marks";
import { StatusMark } from "@/components/status/status-mark";
import { Moment } from "@/components/ui/age";
import { useT } from "@/lib/client/i18n";
import { clusterPagePath, pastPath } from "@/lib/client/paths";
import type { Marks, Read } from "@/lib/client/series-query";
import { formatDuration } from "@/lib/format/duration";
import { messageText } from "@/lib/format/message";

const MOST = 40;

type Line = { readonly id: string; readonly at: number; readonly mark: Mark | null; readonly gap: GapSpan | null };

/** What the signs in the charts stand for: each event and write gap of the range in words, and the way to the picture of its moment. */
export const MarksPanel = memo(function MarksPanel(props: {
  scope: string;
  read: Read<Marks>;
  marks: readonly Mark[];
  gaps: readonly GapSpan[];
}) {
  const { scope, read, marks, gaps } = props;
  const t = useT();
  const [open, setOpen] = useState(false);
  const lines: readonly Line[] = [
    ...marks.map((mark): Line => ({ id: `event ${mark.id}`, at: mark.at, mark, gap: null })),
    ...gaps.map((gap): Line => ({ id: `gap ${gap.id}`, at: gap.from, mark: null, gap })),
  ].sort((a, b) => b.at - a.at);
  const groups = MARK_GROUPS.filter((group) => marks.some((mark) => mark.group === group));
  return (
    <details
      onToggle={(event) => setOpen(event.currentTarget.open)}
      className="rounded-lg border border-line bg-surface"
      data-marks={marks.length}
      data-gaps={gaps.length}
    >
      <summary className="flex min-h-11 cursor-pointer flex-wrap items-center gap-x-4 gap-y-1 px-4 py-1 text-sm">
        <span className="font-semibold">{t("replication.marks.title", { count: lines.length })}</span>
        {groups.map((group) => (
          <span key={group} className="flex items-center gap-1.5 text-xs text-ink-2">
            <MarkSign group={group} severity="notice" />
            {t(`charts.mark.${group}`)}
          </span>
        ))}
        {gaps.length > 0 ? (
          <span className="flex items-center gap-1.5 text-xs text-ink-2">
            <span aria-hidden="true" className="h-3.5 w-4 border-x border-crit-line bg-crit-soft" />
            {t("charts.gap.name")}
          </span>
        ) : null}
        <span className="flex items-center gap-1.5 text-xs text-ink-2">
          <span aria-hidden="true" className="hatched h-3.5 w-4 border border-dashed border-blind-line" />
          {t("charts.hole")}
        </span>
      </summary>
      {open ? <MarksList scope={scope} read={read} lines={lines} /> : null}
    </details>
  );
});

/** Its times tick and its sentences are put together only while somebody reads them. */
function MarksList(props: { scope: string; read: Read<Marks>; lines: readonly Line[] }) {
  const { scope, read, lines } = props;
  const t = useT();
  return (
    <div className="border-t border-line px-4 py-2">
      {read.problem === null ? null : (
        <p role="status" className="flex gap-1.5 text-xs text-blind">
          <StatusMark level="blind" size={14} />
          {t("replication.marks.problem")} {read.problem.detail ?? t(`problem.${read.problem.kind}`)}
        </p>
      )}
      {lines.length === 0 && read.value !== null ? (
        <p className="text-sm text-ink-3">{t("replication.marks.none")}</p>
      ) : null}
      <ul className="max-h-72 overflow-y-auto">
        {lines.slice(0, MOST).map((line) => (
          <MarkLine key={line.id} scope={scope} line={line} />
        ))}
      </ul>
      {lines.length > MOST ? (
        <Link href={clusterPagePath(scope, "history")} prefetch={false} className="text-sm text-accent hover:underline">
          {t("replication.marks.more", { count: lines.length - MOST })}
        </Link>
      ) : null}
    </div>
  );
}

function MarkLine(props: { scope: string; line: Line }) {
  const { mark, gap, at } = props.line;
  const t = useT();
  const instant = new Date(at).toISOString();
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 py-0.5 text-sm">
      <Moment at={instant} className="text-xs whitespace-nowrap text-ink-3" />
      <span className="flex min-w-0 flex-1 basis-64 gap-1.5">
        {mark ? <MarkSign group={mark.group} severity={mark.severity} className="mt-0.5 shrink-0" /> : null}
        {gap ? <StatusMark level="crit" size={14} className="mt-0.5" /> : null}
        <span className="min-w-0 wrap-anywhere">
          {mark ? messageText(t, mark.text) : null}
          {gap
            ? t(gap.open ? "charts.gap.open" : "charts.gap.closed", { length: formatDuration(t, gap.lengthMs) })
            : null}
        </span>
      </span>
      <Link href={pastPath(props.scope, instant)} prefetch={false} className="text-xs text-accent hover:underline">
        {t("replication.marks.picture")}
      </Link>
    </li>
  );
}
