"use client";
import { Age } from "@/components/ui/age";
import { useT } from "@/lib/client/i18n";
import type { ClientImpact } from "@/lib/domain/actions/plan";
import { formatNumber } from "@/lib/format/number";
import { ImpactSection } from "./section";

const SHOWN = 8;

/** Whose sessions end, the most numerous first. */
export function Clients(props: { clients: ClientImpact }) {
  const { member, total, groups, at } = props.clients;
  const t = useT();
  const sorted = groups.toSorted((a, b) => b.count - a.count);
  const rest = sorted.length - SHOWN;
  return (
    <ImpactSection
      name="clients"
      title={t("actionDialog.impact.clients", { member })}
      figure={
        <>
          {t("actionDialog.impact.clientsTotal", { count: total })}{" "}
          <Age at={at} className="text-xs font-normal text-ink-3" />
        </>
      }
    >
      {sorted.length === 0 ? null : (
        <table className="mt-1 w-full table-fixed border-collapse text-xs">
          <thead>
            <tr className="text-left text-ink-3">
              <th scope="col" className="py-0.5 pr-2 font-medium">
                {t("actionDialog.impact.application")}
              </th>
              <th scope="col" className="py-0.5 pr-2 font-medium">
                {t("actionDialog.impact.user")}
              </th>
              <th scope="col" className="py-0.5 pr-2 font-medium">
                {t("actionDialog.impact.database")}
              </th>
              <th scope="col" className="w-28 py-0.5 text-right font-medium">
                {t("actionDialog.impact.sessions")}
              </th>
            </tr>
          </thead>
          <tbody>
            {sorted.slice(0, SHOWN).map((group) => (
              <tr
                key={`${group.application} ${group.user} ${group.database}`}
                className="border-t border-line align-top"
              >
                <td className="py-0.5 pr-2 wrap-anywhere">{group.application || t("actionDialog.impact.unnamed")}</td>
                <td className="py-0.5 pr-2 wrap-anywhere">{group.user || t("actionDialog.impact.unnamed")}</td>
                <td className="py-0.5 pr-2 wrap-anywhere">{group.database || t("actionDialog.impact.unnamed")}</td>
                <td className="py-0.5 text-right">
                  {formatNumber(t.locale, group.count)}
                  {group.inTransaction === 0 ? null : (
                    <span className="block font-medium text-warn">
                      {formatNumber(t.locale, group.inTransaction)} {t("actionDialog.impact.inTransaction")}
                    </span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {rest > 0 ? <p className="text-xs text-ink-3">{t("actionDialog.impact.more", { count: rest })}</p> : null}
    </ImpactSection>
  );
}
