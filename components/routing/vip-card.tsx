"use client";
import { clsx } from "clsx";
import { memo } from "react";
import type { Level } from "@/components/status/level";
import { StatusMark } from "@/components/status/status-mark";
import { TrustWord, useTrust } from "@/components/status/trust";
import { Age, Lasting } from "@/components/ui/age";
import { Nothing, Panel } from "@/components/ui/panel";
import { useT } from "@/lib/client/i18n";
import type { Trust, VipView } from "@/lib/domain/snapshot";
import { messageText } from "@/lib/format/message";

function levelOf(vip: VipView, trust: Trust): Level {
  if (vip.holders.length > 1) return "crit";
  if (trust !== "fresh") return "blind";
  if (vip.answers === false) return "crit";
  return vip.holders.length === 0 ? "blind" : "ok";
}

/** Who holds the VIP, by which method we know, and what each other method said. */
export const VipCard = memo(function VipCard(props: { vip: VipView | null }) {
  const t = useT();
  const { vip } = props;
  return (
    <Panel title={t("vip.title")} aside={vip ? t(`vip.follows.${vip.follows}`) : undefined}>
      {vip ? <Holder vip={vip} /> : <Nothing>{t("vip.none")}</Nothing>}
    </Panel>
  );
});

function Holder(props: { vip: VipView }) {
  const { vip } = props;
  const t = useT();
  const trust = useTrust(vip.trust);
  const level = levelOf(vip, trust);
  return (
    <div className="flex flex-col gap-3" data-vip-trust={trust}>
      <div>
        <p className="flex items-center gap-2 text-lg font-semibold">
          <StatusMark level={level} />
          <span className={clsx("min-w-0 wrap-anywhere", level === "blind" && "text-blind")}>
            {vip.holders.length > 0 ? vip.holders.join(", ") : t("vip.noHolder")}
          </span>
          <TrustWord trust={trust} />
        </p>
        <p className="mt-0.5 text-sm text-ink-2 wrap-anywhere">{messageText(t, vip.text)}</p>
      </div>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm">
        <Row label={t("vip.address")}>
          <span className="figures">{vip.address}</span>
        </Row>
        <Row label={t("vip.method")}>{vip.method === null ? t("format.unknown") : t(`vip.by.${vip.method}`)}</Row>
        {vip.since === null ? null : (
          <Row label={t("vip.since")}>
            <Lasting since={vip.since} />
          </Row>
        )}
        <Row label={t("vip.seen")}>
          <Age at={vip.at} />
        </Row>
      </dl>
      {vip.probes.length === 0 ? null : (
        <ul className="flex flex-col gap-1 border-t border-line pt-3 text-xs" aria-label={t("vip.probes")}>
          {vip.probes.map(({ method, text }) => (
            <li key={method} className="flex gap-2">
              <span className={clsx("w-24 shrink-0", method === vip.method ? "font-medium text-ink" : "text-ink-3")}>
                {t.has(`vip.probe.${method}`) ? t(`vip.probe.${method}`) : method}
              </span>
              <span className="min-w-0 text-ink-2 wrap-anywhere">{messageText(t, text)}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Row(props: { label: string; children: React.ReactNode }) {
  return (
    <>
      <dt className="text-ink-3">{props.label}</dt>
      <dd className="min-w-0 wrap-anywhere">{props.children}</dd>
    </>
  );
}
