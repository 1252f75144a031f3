"use client";
import { memo } from "react";
import { Moment } from "@/components/ui/age";
import { Nothing, Panel } from "@/components/ui/panel";
import { useT } from "@/lib/client/i18n";
import type { HistoryEntry } from "@/lib/domain/facts";

const SHOWN = 8;

/** The last changes of timeline, newest first, as Patroni recorded them. */
export const HistoryPanel = memo(function HistoryPanel(props: { history: readonly HistoryEntry[] }) {
  const t = useT();
  const newest = props.history.toSorted((a, b) => b.timeline - a.timeline);
  return (
    <Panel
      title={t("history.title")}
      aside={newest.length > SHOWN ? t("history.of", { shown: SHOWN, count: newest.length }) : undefined}
    >
      {newest.length === 0 ? (
        <Nothing>{t("history.none")}</Nothing>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by the keyboard
        <ol tabIndex={0} className="flex max-h-80 flex-col gap-2 overflow-y-auto">
          {newest.slice(0, SHOWN).map((entry) => (
            <Entry key={entry.timeline} entry={entry} />
          ))}
        </ol>
      )}
    </Panel>
  );
});

function Entry(props: { entry: HistoryEntry }) {
  const { timeline, at, newLeader, lsn, reason } = props.entry;
  const t = useT();
  return (
    <li className="grid grid-cols-[3.75rem_1fr] gap-x-3 text-sm">
      <span className="whitespace-nowrap text-ink-2">
        {timeline} → {timeline + 1}
      </span>
      <div className="min-w-0">
        <p className="wrap-anywhere">
          {newLeader === null ? t("history.leaderUnknown") : t("history.newLeader", { name: newLeader })}
        </p>
        <p className="text-xs text-ink-3 wrap-anywhere">
          {at === null ? t("history.timeUnknown") : <Moment at={at} />}
          {lsn === null ? null : <span className="figures"> · {lsn}</span>}
          {reason === "" ? null : <> · {reason}</>}
        </p>
      </div>
    </li>
  );
}
