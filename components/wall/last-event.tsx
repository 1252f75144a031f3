"use client";
import { Age } from "@/components/ui/age";
import { useT } from "@/lib/client/i18n";
import { useLastEvent } from "@/lib/client/use-last-event";
import type { Snapshot } from "@/lib/domain/snapshot";
import { messageText } from "@/lib/format/message";

/** What happened last, and how long ago. */
export function LastEventLine(props: { snapshot: Snapshot }) {
  const t = useT();
  const last = useLastEvent(props.snapshot);
  if (last.kind === "reading") return null;
  return (
    <p className="wall-event" data-event={last.kind}>
      <span className="wall-label">{t("wall.lastEvent")}</span>{" "}
      {last.kind === "unknown" ? (
        <span className="text-blind">{t("format.unknown")}</span>
      ) : last.event === null ? (
        <span className="text-ink-3">{t("wall.noEvent")}</span>
      ) : (
        <>
          <span className="wall-aside">
            <Age at={last.event.at} /> ·
          </span>{" "}
          <span className="text-ink-2">{messageText(t, last.event.text)}</span>
        </>
      )}
    </p>
  );
}
