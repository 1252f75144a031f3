"use client";
import { PencilOff } from "lucide-react";
import Link from "next/link";
import { memo } from "react";
import { Lasting, Moment } from "@/components/ui/age";
import { useT } from "@/lib/client/i18n";
import { pastPath } from "@/lib/client/paths";
import type { WriteGap } from "@/lib/domain/events/event";
import { formatSpan } from "@/lib/format/duration";
import { justBefore } from "./event-row";
import { GapFailures } from "./gap-failures";
import { gapMs } from "./items";
import { SeverityMark } from "./severity-mark";

const LINK = "text-accent underline-offset-4 hover:underline";

/** A time during which the client's eye could not have written, with its length. */
export const GapRow = memo(function GapRow(props: { gap: WriteGap; incident: string | null }) {
  const { gap } = props;
  const t = useT();
  const length = gapMs(gap);
  return (
    <li
      data-gap={gap.startedAt}
      className="grid grid-cols-[max-content_1fr] gap-x-4 border-b border-line bg-crit-soft px-4 py-2 shadow-[inset_4px_0_0_var(--crit)] last:border-b-0 lg:grid-cols-[5.5rem_7.5rem_11rem_1fr_max-content]"
    >
      <Moment at={gap.startedAt} clockOnly className="figures text-sm leading-6 text-ink-2" />
      <span className="flex items-center gap-1.5 self-start text-xs leading-6 font-medium text-crit">
        <SeverityMark severity="critical" />
        {t("historyPage.severity.critical")}
      </span>
      <span className="col-span-2 flex items-start gap-1.5 text-xs leading-6 text-ink-2 lg:col-span-1">
        <PencilOff size={14} aria-hidden="true" className="mt-[5px] shrink-0" />
        {t("historyPage.kind.write-gap")}
      </span>
      <div className="col-span-2 min-w-0 lg:col-span-1">
        <p className="leading-6">
          {t("historyPage.gap")}{" "}
          <strong className="font-semibold" data-length={length ?? ""}>
            {length === null ? <Lasting since={gap.startedAt} /> : formatSpan(t, length)}
          </strong>
          {length === null ? <> · {t("historyPage.gapLasts")}</> : null}
          {gap.from !== null || gap.to !== null ? (
            <>
              {" "}
              · {gap.from ?? t("format.unknown")} → {gap.to ?? t("format.unknown")}
            </>
          ) : null}
        </p>
        <p className="flex flex-wrap gap-x-3 text-xs text-ink-3">
          <span>{t("historyPage.source.client-eye")}</span>
          <span>{t("historyPage.gapLooks", { count: gap.attempts })}</span>
          <GapFailures failures={gap.failures} />
        </p>
      </div>
      <div className="col-span-2 flex items-start gap-3 text-sm leading-6 lg:col-span-1">
        <Link href={pastPath(gap.scope, justBefore(gap.startedAt))} prefetch={false} className={LINK}>
          {t("historyPage.picture")}
          <span className="sr-only"> {gap.startedAt}</span>
        </Link>
        {props.incident === null ? null : (
          <Link href={props.incident} prefetch={false} className={LINK}>
            {t("historyPage.incident")}
          </Link>
        )}
      </div>
    </li>
  );
});
