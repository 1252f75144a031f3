"use client";
import { useT } from "@/lib/client/i18n";
import type { LossReceipt } from "@/lib/domain/actions/operation";
import { formatBytes } from "@/lib/format/bytes";
import { lossText } from "../impact/loss-text";
import { Facts } from "../impact/section";

/** The loss receipt after: what really diverged, beside what was estimated before. */
export function Receipt(props: { receipt: LossReceipt }) {
  const { before, oldLsn, forkLsn, lostBytes, basis } = props.receipt;
  const t = useT();
  return (
    <section data-receipt={basis}>
      <h3 className="text-sm font-semibold">{t("operation.receipt")}</h3>
      <p className="text-sm wrap-anywhere">
        {basis === "none" ? (
          t("operation.lost.none")
        ) : basis === "unknown" || lostBytes === null ? (
          <span className="font-medium text-blind">{t("operation.lost.unknown")}</span>
        ) : lostBytes === 0 ? (
          t("operation.lost.nothing")
        ) : (
          <strong className="text-crit">{t("operation.lost.measured", { bytes: formatBytes(t, lostBytes) })}</strong>
        )}
      </p>
      <Facts
        facts={[
          ...(before === null
            ? []
            : [{ label: t("operation.lostBefore"), value: `${before.member}: ${lossText(t, before)}` }]),
          ...(oldLsn === null
            ? []
            : [{ label: t("operation.oldLsn"), value: <span className="figures">{oldLsn}</span> }]),
          ...(forkLsn === null
            ? []
            : [{ label: t("operation.forkLsn"), value: <span className="figures">{forkLsn}</span> }]),
        ]}
      />
    </section>
  );
}
