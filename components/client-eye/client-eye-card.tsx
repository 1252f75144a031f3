"use client";
import { clsx } from "clsx";
import { memo, type ReactNode } from "react";
import { type Level, TEXT_OF_LEVEL } from "@/components/status/level";
import { StatusMark } from "@/components/status/status-mark";
import { TrustWord, usePageStale, useTrust } from "@/components/status/trust";
import { Age, Lasting, Moment } from "@/components/ui/age";
import { Panel } from "@/components/ui/panel";
import { useT } from "@/lib/client/i18n";
import type { ClientEyeView } from "@/lib/domain/client-eye/types";
import { formatLatency, formatSpan } from "@/lib/format/duration";
import { messageText } from "@/lib/format/message";

const LEVEL: Readonly<Record<ClientEyeView["state"], Level>> = {
  writable: "ok",
  "read-only": "crit",
  failing: "crit",
  unknown: "blind",
  stale: "blind",
};

/** A gap of today is told by the clock alone. */
const TODAY_MS = 12 * 60 * 60 * 1_000;

/** What a client that comes through the VIP meets. Draws nothing where no client's eye is configured. */
export const ClientEyeCard = memo(function ClientEyeCard(props: { eye: ClientEyeView | null }) {
  const t = useT();
  const { eye } = props;
  if (!eye) return null;
  return (
    <Panel title={t("clientEye.title")} aside={t("clientEye.every", { interval: formatSpan(t, eye.intervalMs) })}>
      <Met eye={eye} />
    </Panel>
  );
});

function Met(props: { eye: ClientEyeView }) {
  const { eye } = props;
  const t = useT();
  const trust = useTrust(eye.trust);
  const level = usePageStale() ? "blind" : LEVEL[eye.state];
  return (
    <div className="flex flex-col gap-3" data-client-eye={eye.state} data-member={eye.member ?? ""}>
      <div>
        <p className="flex items-center gap-2 font-semibold">
          <StatusMark level={level} />
          <span className={clsx("min-w-0 wrap-anywhere", level !== "ok" && TEXT_OF_LEVEL[level])}>
            {t(`clientEye.state.${eye.state}`)}
          </span>
          <TrustWord trust={trust} />
        </p>
        <p className="mt-0.5 text-sm text-ink-2 wrap-anywhere">{messageText(t, eye.text)}</p>
      </div>
      {eye.currentGap === null ? null : (
        <p className={clsx("text-sm font-medium", TEXT_OF_LEVEL[level])} data-gap="lasting">
          {t("clientEye.lasting")} <Lasting since={eye.currentGap.startedAt} /> ·{" "}
          {t("clientEye.attempts", { attempts: eye.currentGap.attempts })}
        </p>
      )}
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm">
        {eye.state === "writable" || eye.state === "read-only" ? (
          <Row label={t("clientEye.latency")}>{formatLatency(t, eye.latencyMs)}</Row>
        ) : null}
        {eye.since === null ? null : (
          <Row label={t("clientEye.since")}>
            <Lasting since={eye.since} />
          </Row>
        )}
        <Row label={t("clientEye.lastGap")}>
          <LastGap eye={eye} />
        </Row>
        <Row label={t("clientEye.seen")}>
          <Age at={eye.at} />
        </Row>
      </dl>
    </div>
  );
}

function LastGap(props: { eye: ClientEyeView }) {
  const { lastGap: gap, at } = props.eye;
  const t = useT();
  if (gap === null) return <span className="text-ink-3">{t("clientEye.noGap")}</span>;
  const today = at !== null && Date.parse(at) - Date.parse(gap.endedAt) < TODAY_MS;
  return (
    <span data-gap="last" data-length-ms={gap.lengthMs}>
      <span className="font-medium">{formatSpan(t, gap.lengthMs)}</span>
      <span className="text-ink-3"> · </span>
      <Moment at={gap.startedAt} clockOnly={today} />
    </span>
  );
}

function Row(props: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-3">{props.label}</dt>
      <dd className="min-w-0 wrap-anywhere">{props.children}</dd>
    </>
  );
}
