"use client";
import { clsx } from "clsx";
import Link from "next/link";
import type { ReactNode } from "react";
import type { Level } from "@/components/status/level";
import { StatusMark } from "@/components/status/status-mark";
import { Moment } from "@/components/ui/age";
import type { AskedVerdict } from "@/lib/client/audit";
import { useT } from "@/lib/client/i18n";
import { auditPath } from "@/lib/client/paths";
import { instant } from "@/lib/domain/ids";
import { EMPTY, writeFilter } from "./filter";

const BOX: Readonly<Partial<Record<Level, string>>> = {
  ok: "border-line bg-surface",
  crit: "border-crit-line bg-crit-soft",
  blind: "border-dashed border-blind-line bg-blind-soft hatched",
};

/** What the walk along the chain found. Until somebody asks for it nothing is claimed. */
export function ChainVerdict({ asked }: { asked: AskedVerdict }) {
  const t = useT();
  const { verdict, problem, checking, at } = asked;
  return (
    <div role="status" aria-live="polite" className="empty:hidden">
      {checking ? (
        <Box level="blind">
          <p className="font-semibold">{t("auditPage.chain.checking")}</p>
        </Box>
      ) : problem ? (
        <Box level="blind">
          <p>
            <span className="font-semibold">{t("auditPage.chain.cannot")}</span>{" "}
            {problem.kind === "unavailable" ? t("auditPage.failing") : t(`problem.${problem.kind}`)} {problem.detail}
          </p>
        </Box>
      ) : verdict?.kind === "whole" ? (
        <Box level="ok">
          <p className="font-semibold">{t("auditPage.chain.whole", { rows: verdict.rows })}</p>
          <p className="text-ink-2">{at === null ? null : <Moment at={instant(at)} />}</p>
          {verdict.lastHash === null ? null : (
            <p className="basis-full text-xs text-ink-2">
              {t("auditPage.chain.lastHash")} <code className="figures wrap-anywhere">{verdict.lastHash}</code>
            </p>
          )}
          <p className="basis-full text-xs text-ink-3">{t("auditPage.chain.limits")}</p>
        </Box>
      ) : verdict?.kind === "broken" ? (
        <Box level="crit">
          <p className="font-semibold text-crit">{t("auditPage.chain.broken", { seq: verdict.seq })}</p>
          <p className="basis-full wrap-anywhere">
            {t(`auditPage.chain.why.${verdict.why}`, { seq: verdict.seq })}{" "}
            {t("auditPage.chain.wholeBefore", { rows: verdict.rows })}
          </p>
          <p className="basis-full">
            <Link
              href={auditPath(writeFilter({ ...EMPTY, row: Math.max(verdict.seq, 1) }))}
              prefetch={false}
              className="text-accent underline underline-offset-4"
            >
              {t("auditPage.chain.show", { seq: verdict.seq })}
            </Link>
          </p>
        </Box>
      ) : null}
    </div>
  );
}

function Box(props: { level: Level; children: ReactNode }) {
  return (
    <div
      data-chain={props.level}
      className={clsx(
        "flex flex-wrap items-baseline gap-x-3 gap-y-1 rounded-lg border px-4 py-3 text-sm",
        BOX[props.level],
      )}
    >
      <StatusMark level={props.level} size={14} className="self-center" />
      {props.children}
    </div>
  );
}
