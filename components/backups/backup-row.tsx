"use client";
import { clsx } from "clsx";
import { memo, type ReactNode } from "react";
import { Moment } from "@/components/ui/age";
import { Badge } from "@/components/ui/badge";
import { AS } from "@/components/ui/table-roles";
import { useT } from "@/lib/client/i18n";
import type { BackupRow as Row } from "@/lib/domain/backups/view";
import { formatBytes } from "@/lib/format/bytes";
import { formatDuration } from "@/lib/format/duration";
import { BackupState } from "./backup-state";
import { type Column, isFigureColumn, rowAnchor } from "./columns";

/** One backup with its figures, as its tool gives them. */
export const BackupRow = memo(function BackupRow(props: {
  sourceId: string;
  row: Row;
  /** Labels that the table shows, to be linked to. */
  labels: ReadonlySet<string>;
}) {
  const { sourceId, row, labels } = props;
  const t = useT();
  const at = row.stoppedAt ?? row.startedAt;
  const notes = [...Object.entries(row.annotation).map(([key, value]) => `${key}: ${value}`), row.retention].filter(
    Boolean,
  );
  return (
    <tr
      {...AS.row}
      id={rowAnchor(sourceId, row.label)}
      data-backup={row.label}
      className="grid grid-cols-2 gap-x-4 gap-y-1.5 border-t border-line px-4 py-3 align-top target:bg-accent-soft lg:table-row lg:p-0"
    >
      <Cell column="label" wide>
        <span className="figures block wrap-anywhere lg:min-w-44">{row.label}</span>
        <span className="block text-xs wrap-anywhere text-ink-3">
          {[row.repo === null ? null : t("backups.repo", { repo: row.repo }), ...notes].filter(Boolean).join(" · ")}
        </span>
      </Cell>
      <Cell column="type">
        <Badge tone={row.type === "full" ? "accent" : "plain"}>{t(`backups.type.${row.type}`)}</Badge>
      </Cell>
      <Cell column="stopped">{at === null ? <Unknown /> : <Moment at={at} className="lg:whitespace-nowrap" />}</Cell>
      <Cell column="duration">{row.durationMs === null ? <Unknown /> : formatDuration(t, row.durationMs)}</Cell>
      <Cell column="database">
        <Bytes value={row.databaseBytes} />
      </Cell>
      <Cell column="delta">
        <Bytes value={row.deltaBytes} />
      </Cell>
      <Cell column="repo">
        <Bytes value={row.repoDeltaBytes ?? row.repoBytes} />
      </Cell>
      <Cell column="wal" wide>
        <Range from={row.walStart} to={row.walStop} />
        <Range from={row.lsnStart} to={row.lsnStop} quiet />
      </Cell>
      <Cell column="state">
        <BackupState row={row} />
      </Cell>
      <Cell column="depends" wide>
        {row.dependsOn.length === 0 ? <span className="text-ink-3">–</span> : null}
        {row.dependsOn.map((label) => (
          <Dependency
            key={label}
            sourceId={sourceId}
            label={label}
            linked={labels.has(label)}
            gone={row.missing.includes(label)}
          />
        ))}
      </Cell>
    </tr>
  );
});

function Cell(props: { column: Column; wide?: boolean; children: ReactNode }) {
  const t = useT();
  return (
    <td
      {...AS.cell}
      data-column={props.column}
      className={clsx(
        "min-w-0 lg:px-3 lg:py-2 lg:first:pl-4 lg:last:pr-4",
        props.wide && "col-span-2",
        isFigureColumn(props.column) && "lg:text-right lg:whitespace-nowrap",
      )}
    >
      <span aria-hidden="true" className="block text-2xs text-ink-3 lg:hidden">
        {t(`backups.column.${props.column}`)}
      </span>
      {props.children}
    </td>
  );
}

function Unknown() {
  const t = useT();
  return (
    <span className="text-ink-3" title={t("backups.untold")}>
      {t("backups.untoldShort")}
    </span>
  );
}

function Bytes(props: { value: number | null }) {
  const t = useT();
  if (props.value === null) return <Unknown />;
  return <span title={`${props.value} B`}>{formatBytes(t, props.value)}</span>;
}

function Range(props: { from: string | null; to: string | null; quiet?: boolean }) {
  const { from, to, quiet } = props;
  if (from === null && to === null) return quiet ? null : <Unknown />;
  const text = from === to || to === null ? from : `${from ?? "?"} – ${to}`;
  return <span className={clsx("figures block text-xs wrap-anywhere", quiet && "text-ink-3")}>{text}</span>;
}

function Dependency(props: { sourceId: string; label: string; linked: boolean; gone: boolean }) {
  const { sourceId, label, linked, gone } = props;
  const t = useT();
  return (
    <span className="figures block text-xs wrap-anywhere">
      {linked ? (
        <a href={`#${rowAnchor(sourceId, label)}`} className="text-accent hover:underline">
          {label}
        </a>
      ) : (
        label
      )}
      {gone ? <span className="ml-1 font-medium text-crit">{t("backups.gone")}</span> : null}
    </span>
  );
}
