"use client";
import { useT } from "@/lib/client/i18n";
import { useInspect } from "@/lib/client/inspect";
import type { DatabaseFacts } from "@/lib/domain/inspect/server";
import { type Column, DataTable } from "./data-table";
import { Amount, Bytes, Share } from "./figures";
import { FreezeAge } from "./freeze-age";
import { InspectPanel } from "./inspect-panel";
import type { ViewProps } from "./view-props";

type Row = DatabaseFacts & { readonly bytes: number | null };

/** Share of the blocks that were found in shared buffers; null where none was asked for. */
const hitShare = ({ blocksHit, blocksRead }: DatabaseFacts) =>
  blocksHit + blocksRead > 0 ? blocksHit / (blocksHit + blocksRead) : null;

/** Every database with its size, its counters and the age of its transaction ids. Sizes are counted more seldom. */
export function DatabasesView({ scope, member }: ViewProps) {
  const t = useT();
  const looked = useInspect(scope, member, "databases");
  const sizes = useInspect(scope, member, "sizes");
  const bytes = new Map(sizes.answer?.good?.value.databases.map((one) => [one.name, one.bytes]) ?? []);
  const freezeMaxAge = looked.answer?.good?.value.freezeMaxAge ?? 0;
  const count = (
    id: keyof DatabaseFacts & ("commits" | "rollbacks" | "deadlocks" | "connections" | "conflicts"),
  ): Column<Row> => ({
    id,
    label: t(`postgres.databases.${id}`),
    figure: true,
    by: (one) => one[id],
    cell: (one) => <Amount of={one[id]} />,
  });
  const columns: readonly Column<Row>[] = [
    {
      id: "name",
      label: t("postgres.column.database"),
      by: ({ name }) => name,
      className: "max-w-64",
      cell: ({ name }) => (
        <div className="clip-name font-semibold" title={name}>
          {name}
        </div>
      ),
    },
    {
      id: "size",
      label: t("postgres.column.size"),
      figure: true,
      by: (one) => one.bytes,
      cell: (one) => <Bytes of={one.bytes} />,
    },
    count("connections"),
    count("commits"),
    count("rollbacks"),
    {
      id: "hit",
      label: t("postgres.databases.hit"),
      figure: true,
      by: hitShare,
      cell: (one) => <Share of={hitShare(one)} />,
    },
    count("deadlocks"),
    count("conflicts"),
    {
      id: "temp",
      label: t("postgres.databases.temp"),
      figure: true,
      by: (one) => one.tempBytes,
      cell: (one) => <Bytes of={one.tempBytes} />,
    },
    {
      id: "age",
      label: t("postgres.databases.xidAge"),
      figure: true,
      by: (one) => one.xidAge,
      cell: (one) => <FreezeAge xidAge={one.xidAge} freezeMaxAge={freezeMaxAge} />,
    },
  ];
  return (
    <>
      <InspectPanel looked={looked} title={t("postgres.databases.title")} flush>
        {({ databases }) => (
          <>
            <p className="px-4 pb-3 text-xs text-ink-3">{t("postgres.databases.text")}</p>
            <DataTable
              label={t("postgres.databases.title")}
              rows={databases.map((one) => ({ ...one, bytes: bytes.get(one.name) ?? null }))}
              columns={columns}
              keyOf={({ name }) => name}
              order={{ id: "size", down: true }}
              rowProps={({ name }) => ({ "data-database": name })}
            />
          </>
        )}
      </InspectPanel>
      <InspectPanel looked={sizes} title={t("postgres.sizes.title")}>
        {({ databases }) => (
          <p className="text-sm text-ink-2">
            <Bytes
              of={
                databases.some((one) => one.bytes === null)
                  ? null
                  : databases.reduce((sum, one) => sum + (one.bytes ?? 0), 0)
              }
            />{" "}
            <span className="text-ink-3">{t("postgres.sizes.together")}</span>
          </p>
        )}
      </InspectPanel>
    </>
  );
}
