"use client";
import type { ReactNode } from "react";
import { Nothing, Panel } from "@/components/ui/panel";
import { useT } from "@/lib/client/i18n";
import type { MemberView } from "@/lib/domain/snapshot";
import { MemberRow } from "./member-row";

const COLUMNS = ["member", "role", "state", "timeline", "lagBytes", "lagSeconds", "connections", "versions", "notes"] as const;
const RIGHT = new Set<string>(["timeline", "lagBytes", "lagSeconds", "connections"]);

/** Every member with what it is, how far behind, and what is peculiar about it. On a phone each becomes a card. */
export function MembersTable(props: { members: readonly MemberView[] }) {
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
          {/* biome-ignore lint/a11y/noRedundantRoles: as cards, the elements are no table any more; the roles keep it one */}
          <table role="table" className="block w-full border-collapse text-sm lg:table">
            {/* biome-ignore lint/a11y/noRedundantRoles: as above */}
            <thead role="rowgroup" className="sr-only lg:not-sr-only lg:table-header-group">
              {/* biome-ignore lint/a11y/noRedundantRoles: as above */}
              <tr role="row">
                {COLUMNS.map((column) => (
                  // biome-ignore lint/a11y/noRedundantRoles: as above
                  <th
                    key={column}
                    role="columnheader"
                    scope="col"
                    className={`px-3 pb-1.5 text-xs font-medium whitespace-nowrap text-ink-3 first:pl-4 last:pr-4 ${RIGHT.has(column) ? "text-right" : "text-left"}`}
                  >
                    {t(`members.column.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            {/* biome-ignore lint/a11y/noRedundantRoles: as above */}
            <tbody role="rowgroup" className="block lg:table-row-group">
              {members.map((member) => (
                <MemberRow key={member.name} member={member} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}

/** A cell that carries its own label where the table has become a card. */
export function MemberCell(props: { column: (typeof COLUMNS)[number]; children: ReactNode; className?: string }) {
  const t = useT();
  const right = RIGHT.has(props.column);
  return (
    // biome-ignore lint/a11y/noRedundantRoles: see MembersTable
    <td
      role="cell"
      className={`flex min-h-7 items-start justify-between gap-4 px-4 py-1 lg:table-cell lg:px-3 lg:py-2 lg:align-top ${right ? "lg:text-right" : ""} ${props.className ?? ""}`}
    >
      <span aria-hidden="true" className="shrink-0 text-xs leading-5 text-ink-3 lg:hidden">
        {t(`members.column.${props.column}`)}
      </span>
      <div className={`min-w-0 text-right ${right ? "" : "lg:text-left"}`}>{props.children}</div>
    </td>
  );
}
