"use client";
import { useT } from "@/lib/client/i18n";
import type { StoredEvent } from "@/lib/domain/events/event";
import { ConfigurationDiff, differencesOf } from "./configuration-diff";
import { plainRows } from "./plain-rows";

/** What stands behind an event's sentence: the exact moment, who says so, the differences of a configuration, the figures. */
export function EventEvidence(props: { event: StoredEvent; id: string }) {
  const { event } = props;
  const t = useT();
  const differences = differencesOf(event);
  const rows = differences === null ? plainRows(event.data) : [];
  return (
    <div
      id={props.id}
      className="mt-2 mb-1 flex flex-col gap-2.5 rounded-md border border-line bg-canvas px-3 py-2.5 text-xs"
    >
      <dl className="grid grid-cols-[max-content_1fr] gap-x-4 gap-y-1">
        <dt className="text-ink-3">{t("historyPage.exactly")}</dt>
        <dd className="figures wrap-anywhere">{event.at}</dd>
        {event.notBefore === null ? null : (
          <>
            <dt className="text-ink-3">{t("historyPage.notBefore")}</dt>
            <dd className="figures wrap-anywhere">{event.notBefore}</dd>
          </>
        )}
        <dt className="text-ink-3">{t("historyPage.saidBy")}</dt>
        <dd>{t(`historyPage.source.${event.source}`)}</dd>
        {rows.map(([name, value]) => (
          <Row key={name} name={name} value={value} />
        ))}
      </dl>
      {differences === null ? null : <ConfigurationDiff differences={differences} />}
    </div>
  );
}

function Row(props: { name: string; value: string }) {
  return (
    <>
      <dt className="figures text-ink-3 wrap-anywhere">{props.name}</dt>
      <dd className="figures wrap-anywhere">{props.value}</dd>
    </>
  );
}
