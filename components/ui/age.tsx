"use client";
import { useSyncExternalStore } from "react";
import { useT } from "@/lib/client/i18n";
import { useAtTick } from "@/lib/client/use-live";
import { formatAge, formatRoughAge } from "@/lib/format/duration";
import { formatClock, formatDateTime, isSameDay } from "@/lib/format/time";

/** How long ago something was seen, ticking. Unknown when it never was. */
export function Age(props: { at: string | null; className?: string }) {
  const t = useT();
  const { at } = props;
  const text = useAtTick((now) =>
    at === null ? t("age.never") : t("age.ago", { age: formatAge(t, now - Date.parse(at)) }),
  );
  if (at === null) return <span className={props.className}>{text}</span>;
  return (
    <time dateTime={at} title={at} className={props.className}>
      {text}
    </time>
  );
}

/** How long something has lasted, ticking: `3 d 4 h`; `rough` where there is room for `3 d` only. */
export function Lasting(props: { since: string; rough?: boolean; className?: string }) {
  const t = useT();
  const format = props.rough ? formatRoughAge : formatAge;
  const text = useAtTick((now) => format(t, now - Date.parse(props.since)));
  return (
    <time dateTime={props.since} title={props.since} className={props.className}>
      {text}
    </time>
  );
}

const never = () => () => undefined;

let zoneOfReader: string | null = null;

/** Asked once: a formatter is costly to make, and a page reads its zone at every moment that it shows. */
function readerZone(): string {
  zoneOfReader ??= Intl.DateTimeFormat().resolvedOptions().timeZone;
  return zoneOfReader;
}

/** The reader's time zone; UTC while the server draws, since it cannot know. */
export function useZone(): string {
  return useSyncExternalStore(never, readerZone, () => "UTC");
}

/** A moment on the wall clock of the reader; the exact UTC instant is in the title. */
export function Moment(props: { at: string; clockOnly?: boolean; className?: string }) {
  const t = useT();
  const zone = useZone();
  const format = props.clockOnly ? formatClock : formatDateTime;
  return (
    <time dateTime={props.at} title={props.at} className={props.className}>
      {format(t.locale, props.at, zone) ?? props.at}
    </time>
  );
}

/** From one moment to another on the wall clock of the reader; the day is said once where it is one day. */
export function Period(props: { from: string; to: string }) {
  const zone = useZone();
  return (
    <>
      <Moment at={props.from} /> – <Moment at={props.to} clockOnly={isSameDay(props.from, props.to, zone)} />
    </>
  );
}
