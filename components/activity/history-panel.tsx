"use client";
import Link from "next/link";
import { memo } from "react";
import { pictureMoment } from "@/components/history/event-row";
import { SeverityMark, TEXT_OF_SEVERITY } from "@/components/history/severity-mark";
import { Moment } from "@/components/ui/age";
import { Nothing, Panel } from "@/components/ui/panel";
import { useFrozenNow } from "@/lib/client/frozen-clock";
import { useT } from "@/lib/client/i18n";
import { useNewestOperations } from "@/lib/client/operations";
import { clusterPagePath, pastPath } from "@/lib/client/paths";
import { type EventFilter, NO_FILTER } from "@/lib/client/record-api";
import { useNewestEvents } from "@/lib/client/record-hooks";
import type { OperationView } from "@/lib/domain/actions/operation";
import type { StoredEvent } from "@/lib/domain/events/event";
import type { HistoryEntry } from "@/lib/domain/facts";
import { messageText } from "@/lib/format/message";
import { Explanation, entryOfEvent } from "./explanation";

const SHOWN = 8;
/** What is told for completeness only is on the history page. */
const TELLING: EventFilter = { ...NO_FILTER, severities: ["critical", "warn", "notice"] };

/**
 * The last events of our record, newest first. On a past picture, and where the record cannot be read, the changes of timeline
 * as Patroni recorded them: those are part of the picture itself.
 */
export const HistoryPanel = memo(function HistoryPanel(props: { scope: string; history: readonly HistoryEntry[] }) {
  const t = useT();
  const past = useFrozenNow() !== null;
  const { events, problem } = useNewestEvents(props.scope, { filter: TELLING, limit: SHOWN, enabled: !past });
  const operations = useNewestOperations(props.scope);
  if (past || problem !== null || (events !== null && events.length === 0)) {
    return <PatroniHistory history={props.history} operations={operations} problem={!past && problem !== null} />;
  }
  return (
    <Panel
      title={t("history.lastEvents")}
      aside={
        <Link href={clusterPagePath(props.scope, "history")} prefetch={false} className="text-accent hover:underline">
          {t("history.all")}
        </Link>
      }
    >
      {events === null ? (
        <Nothing>{t("history.reading")}</Nothing>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by the keyboard
        <ol tabIndex={0} className="fade-end flex max-h-80 flex-col gap-2 overflow-y-auto pb-5">
          {events.map((event) => (
            <EventLine key={event.id} event={event} operations={operations} />
          ))}
        </ol>
      )}
    </Panel>
  );
});

function EventLine(props: { event: StoredEvent; operations: readonly OperationView[] }) {
  const { event } = props;
  const t = useT();
  const picture = pictureMoment(event);
  return (
    <li className="flex gap-2.5 text-sm" data-event={event.id}>
      <SeverityMark severity={event.severity} className="mt-[3px]" />
      <div className="min-w-0">
        <p className="wrap-anywhere">
          <span className={`sr-only ${TEXT_OF_SEVERITY[event.severity]}`}>
            {t(`historyPage.severity.${event.severity}`)}:{" "}
          </span>
          {messageText(t, event.text)}
        </p>
        <Explanation entry={entryOfEvent(event)} operations={props.operations} />
        <p className="text-xs text-ink-3">
          {picture === null ? (
            <Moment at={event.at} />
          ) : (
            <Link href={pastPath(event.scope, picture)} prefetch={false} className="underline-offset-4 hover:underline">
              <Moment at={event.at} />
            </Link>
          )}
        </p>
      </div>
    </li>
  );
}

/** The last changes of timeline, newest first, as Patroni recorded them. */
function PatroniHistory(props: {
  history: readonly HistoryEntry[];
  operations: readonly OperationView[];
  problem: boolean;
}) {
  const t = useT();
  const newest = props.history.toSorted((a, b) => b.timeline - a.timeline);
  return (
    <Panel
      title={t("history.title")}
      aside={newest.length > SHOWN ? t("history.of", { shown: SHOWN, count: newest.length }) : undefined}
    >
      {props.problem ? <p className="mb-2 text-xs text-blind">{t("history.unreadable")}</p> : null}
      {newest.length === 0 ? (
        <Nothing>{t("history.none")}</Nothing>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by the keyboard
        <ol tabIndex={0} className="flex max-h-80 flex-col gap-2 overflow-y-auto">
          {newest.slice(0, SHOWN).map((entry) => (
            <Entry key={entry.timeline} entry={entry} operations={props.operations} />
          ))}
        </ol>
      )}
    </Panel>
  );
}

function Entry(props: { entry: HistoryEntry; operations: readonly OperationView[] }) {
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
        <Explanation entry={props.entry} operations={props.operations} />
      </div>
    </li>
  );
}
