"use client";
import { useT } from "@/lib/client/i18n";
import type { ReinitImpact } from "@/lib/domain/actions/plan";
import { formatBytes } from "@/lib/format/bytes";
import { Facts, ImpactSection } from "./section";

/** What a reinitialisation destroys, and what it costs to copy it back. */
export function Reinit(props: { reinit: ReinitImpact }) {
  const { member, host, dataDirectory, bytes, copyFrom, candidatesLeft } = props.reinit;
  const t = useT();
  const orUnknown = (text: string | null) =>
    text === null ? <span className="text-blind">{t("format.unknown")}</span> : text;
  return (
    <ImpactSection name="reinit" title={t("actionDialog.impact.reinit")}>
      <Facts
        facts={[
          { label: t("actionDialog.impact.member"), value: <strong>{member}</strong> },
          { label: t("actionDialog.impact.host"), value: orUnknown(host) },
          {
            label: t("actionDialog.impact.dataDirectory"),
            value: <span className="figures font-semibold text-crit">{orUnknown(dataDirectory)}</span>,
          },
          { label: t("actionDialog.impact.bytes"), value: orUnknown(bytes === null ? null : formatBytes(t, bytes)) },
          { label: t("actionDialog.impact.copyFrom"), value: orUnknown(copyFrom) },
          {
            label: t("actionDialog.impact.candidatesLeft"),
            value:
              candidatesLeft.length === 0 ? (
                <strong className="text-crit">{t("actionDialog.impact.nobody")}</strong>
              ) : (
                candidatesLeft.join(", ")
              ),
          },
        ]}
      />
    </ImpactSection>
  );
}
