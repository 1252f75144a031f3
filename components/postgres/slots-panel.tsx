"use client";
import { Nothing } from "@/components/ui/panel";
import { useT } from "@/lib/client/i18n";
import type { Looked } from "@/lib/client/inspect";
import type { InspectAnswerOf } from "@/lib/contract/inspect";
import type { SlotFacts } from "@/lib/domain/inspect/replication";
import { type Column, DataTable } from "./data-table";
import { Amount, Bytes, Dash, Seconds } from "./figures";
import { InspectPanel } from "./inspect-panel";

/** Statuses in which WAL that the slot needs is, or soon will be, gone. */
const LOSING = new Set(["unreserved", "lost"]);

/** Replication slots, and the WAL that each keeps on disk. */
export function SlotsPanel(props: { looked: Looked<InspectAnswerOf<"replication">> }) {
  const t = useT();
  const columns: readonly Column<SlotFacts>[] = [
    {
      id: "name",
      label: t("postgres.column.slot"),
      by: ({ name }) => name,
      className: "max-w-64",
      cell: (one) => (
        <>
          <div className="clip-name font-semibold" title={one.name}>
            {one.name}
          </div>
          <div className="text-xs text-ink-3">{[one.type, one.plugin, one.database].filter(Boolean).join(" · ")}</div>
        </>
      ),
    },
    {
      id: "active",
      label: t("postgres.column.state"),
      by: ({ active }) => (active ? 1 : 0),
      cell: (one) =>
        one.active ? t("postgres.slots.active") : <span className="text-warn">{t("postgres.slots.inactive")}</span>,
    },
    {
      id: "retained",
      label: t("postgres.slots.retained"),
      figure: true,
      by: (one) => one.retainedBytes,
      cell: (one) => <Bytes of={one.retainedBytes} />,
    },
    {
      id: "safe",
      label: t("postgres.slots.safe"),
      figure: true,
      by: (one) => one.safeWalBytes,
      cell: (one) =>
        one.safeWalBytes === null ? <Dash label={t("postgres.slots.noLimit")} /> : <Bytes of={one.safeWalBytes} />,
    },
    {
      id: "status",
      label: t("postgres.slots.status"),
      by: (one) => one.walStatus,
      cell: (one) => (
        <span className={LOSING.has(one.walStatus ?? "") || one.invalidationReason ? "font-medium text-crit" : ""}>
          {[one.walStatus, one.invalidationReason].filter(Boolean).join(", ") || <Dash />}
        </span>
      ),
    },
    {
      id: "xmin",
      label: t("postgres.slots.xmin"),
      figure: true,
      by: (one) => one.xminAge ?? one.catalogXminAge,
      cell: (one) =>
        one.xminAge === null && one.catalogXminAge === null ? (
          <Dash />
        ) : (
          <Amount of={one.xminAge ?? one.catalogXminAge} />
        ),
    },
    {
      id: "idle",
      label: t("postgres.slots.inactiveFor"),
      figure: true,
      by: (one) => one.inactiveSeconds,
      cell: (one) => <Seconds of={one.inactiveSeconds} />,
    },
  ];
  return (
    <InspectPanel looked={props.looked} title={t("postgres.slots.title")} flush>
      {({ slots }) =>
        slots.length === 0 ? (
          <div className="px-4 pb-4">
            <Nothing>{t("postgres.slots.none")}</Nothing>
          </div>
        ) : (
          <DataTable label={t("postgres.slots.title")} rows={slots} columns={columns} keyOf={({ name }) => name} />
        )
      }
    </InspectPanel>
  );
}
