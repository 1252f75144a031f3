"use client";
import { clsx } from "clsx";
import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { memo, useId, useState } from "react";
import { Moment, Period } from "@/components/ui/age";
import { useT } from "@/lib/client/i18n";
import { pastPath } from "@/lib/client/paths";
import type { StoredEvent } from "@/lib/domain/events/event";
import { instant } from "@/lib/domain/ids";
import { messageText } from "@/lib/format/message";
import { EventEvidence } from "./event-evidence";
import { ICON_OF_KIND } from "./kinds";
import { SeverityMark, TEXT_OF_SEVERITY } from "./severity-mark";

const EDGE = {
  info: "",
  notice: "",
  warn: "shadow-[inset_3px_0_0_var(--warn)]",
  critical: "bg-crit-soft shadow-[inset_4px_0_0_var(--crit)]",
} as const;
const LINK = "text-accent underline-offset-4 hover:underline";

/** The moment just before a happening: its picture still shows what was, and one step shows what came. */
export const justBefore = (at: string): string => instant(Date.parse(at) - 1);

/** Where an event's picture is; what happened while we were not looking has none before it. Null for the past before us. */
export function pictureMoment({ at, notBefore, source }: StoredEvent): string | null {
  if (source === "patroni-history") return null;
  return notBefore === null && source !== "dashboard" ? justBefore(at) : at;
}

/** One happening. `incident`: the address of the incident that it belongs to, if any. */
export const EventRow = memo(function EventRow(props: { event: StoredEvent; incident: string | null }) {
  const { event } = props;
  const t = useT();
  const [open, setOpen] = useState(false);
  const id = useId();
  const Icon = ICON_OF_KIND[event.kind];
  const picture = pictureMoment(event);
  return (
    <li
      data-event={event.id}
      data-kind={event.kind}
      data-severity={event.severity}
      className={clsx(
        "grid grid-cols-[max-content_1fr] gap-x-4 border-b border-line px-4 py-2 last:border-b-0 lg:grid-cols-[5.5rem_7.5rem_11rem_1fr_max-content]",
        EDGE[event.severity],
      )}
    >
      <Moment at={event.at} clockOnly className="figures text-sm leading-6 text-ink-2" />
      <span
        className={clsx(
          "flex items-center gap-1.5 self-start text-xs leading-6 font-medium",
          TEXT_OF_SEVERITY[event.severity],
        )}
      >
        <SeverityMark severity={event.severity} />
        {t(`historyPage.severity.${event.severity}`)}
      </span>
      <span className="col-span-2 flex items-start gap-1.5 text-xs leading-6 text-ink-2 lg:col-span-1">
        <Icon size={14} aria-hidden="true" className="mt-[5px] shrink-0" />
        {t(`historyPage.kind.${event.kind}`)}
      </span>
      <div className="col-span-2 min-w-0 lg:col-span-1">
        <p className="leading-6 wrap-anywhere">{messageText(t, event.text)}</p>
        <p className="flex flex-wrap gap-x-3 text-xs text-ink-3">
          {event.subject === event.scope ? null : <span className="wrap-anywhere">{event.subject}</span>}
          <span>{t(`historyPage.source.${event.source}`)}</span>
          {event.notBefore === null ? null : (
            <span className="font-medium text-blind">
              {t("historyPage.notLooking")} <Period from={event.notBefore} to={event.at} />
            </span>
          )}
        </p>
        {open ? <EventEvidence event={event} id={id} /> : null}
      </div>
      <div className="col-span-2 flex items-start gap-3 text-sm leading-6 lg:col-span-1">
        {picture !== null ? (
          <Link href={pastPath(event.scope, picture)} prefetch={false} className={LINK} data-picture>
            {t("historyPage.picture")}
            <span className="sr-only"> {event.at}</span>
          </Link>
        ) : null}
        {props.incident === null ? null : (
          <Link href={props.incident} prefetch={false} className={LINK}>
            {t("historyPage.incident")}
          </Link>
        )}
        <button
          type="button"
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
          className="flex items-center gap-0.5 rounded-sm text-ink-2 hover:text-ink"
        >
          <ChevronRight size={14} aria-hidden="true" className={clsx(open && "rotate-90")} />
          {t("historyPage.evidence")}
        </button>
      </div>
    </li>
  );
});
