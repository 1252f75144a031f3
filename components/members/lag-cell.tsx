"use client";
import { TrustWord, useTrust } from "@/components/status/trust";
import { useT } from "@/lib/client/i18n";
import type { LagView } from "@/lib/domain/snapshot";
import { formatLagBytes, formatLagSeconds } from "@/lib/format/lag";

/** One figure of lag. Without evidence it reads "unknown"; figures that are old are dimmed and say so. */
export function LagFigure(props: { lag: LagView; of: "receiveBytes" | "replayBytes" | "replaySeconds" }) {
  const t = useT();
  const trust = useTrust(props.lag.trust);
  const value = props.lag[props.of];
  const text = props.of === "replaySeconds" ? formatLagSeconds(t, value) : formatLagBytes(t, value);
  const doubtful = value === null || trust === "unknown";
  return (
    <span
      className={doubtful ? "text-blind" : trust === "stale" ? "text-ink-3" : "text-ink"}
      title={t(`lag.basis.${props.lag.basis}`)}
    >
      {value === null || trust !== "unknown" ? text : t("format.unknown")}
    </span>
  );
}

/** Says once for a whole row of figures that they are not fresh. */
export function LagTrust(props: { lag: LagView }) {
  const trust = useTrust(props.lag.trust);
  const nothing = props.lag.replayBytes === null && props.lag.replaySeconds === null && props.lag.receiveBytes === null;
  return nothing ? null : <TrustWord trust={trust} />;
}
