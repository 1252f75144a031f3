"use client";
import { GapFailures } from "@/components/history/gap-failures";
import { gapMs } from "@/components/history/items";
import { Moment } from "@/components/ui/age";
import { Nothing } from "@/components/ui/panel";
import { useT } from "@/lib/client/i18n";
import type { WriteGap } from "@/lib/domain/events/event";
import { formatSpan } from "@/lib/format/duration";

/** What the client's eye measured: each time during which it could not have written. */
export function GapTable(props: { gaps: readonly WriteGap[] }) {
  const t = useT();
  if (props.gaps.length === 0) return <Nothing>{t("incidentPage.noGaps")}</Nothing>;
  return (
    <ul className="flex flex-col gap-2 text-sm">
      {props.gaps.map((gap) => {
        const length = gapMs(gap);
        return (
          <li key={gap.startedAt} data-gap={gap.startedAt}>
            <p>
              <strong className="font-semibold">
                {length === null ? t("historyPage.gapLasts") : formatSpan(t, length)}
              </strong>{" "}
              · {gap.from ?? t("format.unknown")} → {gap.to ?? t("format.unknown")}
            </p>
            <p className="flex flex-wrap gap-x-3 text-xs text-ink-3">
              <span>
                <Moment at={gap.startedAt} clockOnly /> –{" "}
                {gap.endedAt === null ? t("incidentPage.notOver") : <Moment at={gap.endedAt} clockOnly />}
              </span>
              <span>{t("historyPage.gapLooks", { count: gap.attempts })}</span>
              <GapFailures failures={gap.failures} />
            </p>
          </li>
        );
      })}
    </ul>
  );
}
