"use client";
import { memo } from "react";
import { Nothing, Panel } from "@/components/ui/panel";
import { AS } from "@/components/ui/table-roles";
import { useT } from "@/lib/client/i18n";
import type { MemberView } from "@/lib/domain/snapshot";
import { COLUMNS, isFigure } from "./member-cell";
import { MemberRow } from "./member-row";

/** Every member with what it is, how far behind, and what is peculiar about it. On a phone each becomes a card. */
export const MembersTable = memo(function MembersTable(props: { members: readonly MemberView[] }) {
  const t = useT();
  const { members } = props;
  return (
    <Panel title={t("members.title")} aside={t("members.count", { count: members.length })} flush>
      {members.length === 0 ? (
        <div className="px-4 pb-4">
          <Nothing>{t("members.none")}</Nothing>
        </div>
      ) : (
        <div className="overflow-x-auto">
          <table {...AS.table} className="block w-full border-collapse text-sm lg:table">
            <thead {...AS.rowgroup} className="sr-only lg:not-sr-only lg:table-header-group">
              <tr {...AS.row}>
                {COLUMNS.map((column) => (
                  <th
                    key={column}
                    {...AS.columnheader}
                    scope="col"
                    className={`px-3 pb-1.5 text-xs font-medium whitespace-nowrap text-ink-3 first:pl-4 last:pr-4 ${isFigure(column) ? "text-right" : "text-left"}`}
                  >
                    {t(`members.column.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody {...AS.rowgroup} className="block lg:table-row-group">
              {members.map((member) => (
                <MemberRow key={member.name} member={member} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
});
