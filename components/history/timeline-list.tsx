"use client";
import { useZone } from "@/components/ui/age";
import { useT } from "@/lib/client/i18n";
import { formatDay } from "@/lib/format/time";
import { EventRow } from "./event-row";
import { GapRow } from "./gap-row";
import { byDay, type Item } from "./items";

/** What happened, newest first, under the days of the reader's calendar. `incidentOf`: the address of a moment's incident. */
export function TimelineList(props: { items: readonly Item[]; incidentOf: (at: string) => string | null }) {
  const t = useT();
  const zone = useZone();
  return (
    <div className="flex flex-col gap-4">
      {byDay(props.items, zone).map((day) => (
        <section key={day.key} aria-label={formatDay(t.locale, day.at, zone) ?? day.key}>
          <h3 className="sticky top-13 z-[5] bg-canvas/95 py-1.5 text-sm font-semibold backdrop-blur-sm first-letter:uppercase">
            {formatDay(t.locale, day.at, zone)}
          </h3>
          <ol className="overflow-clip rounded-lg border border-line bg-surface">
            {day.items.map((item) =>
              item.type === "event" ? (
                <EventRow key={item.key} event={item.event} incident={props.incidentOf(item.at)} />
              ) : (
                <GapRow key={item.key} gap={item.gap} incident={props.incidentOf(item.at)} />
              ),
            )}
          </ol>
        </section>
      ))}
    </div>
  );
}
