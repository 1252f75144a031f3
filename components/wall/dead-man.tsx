"use client";
import { useEffect, useRef } from "react";
import { StatusMark } from "@/components/status/status-mark";
import { useT } from "@/lib/client/i18n";
import { useLiveStore } from "@/lib/client/live-provider";

/** Frames may come by the hundred; it need not be wound up more often than this. */
const WIND_EVERY_MS = 250;

/**
 * Says that this screen is not fed where the page's scripts cannot: the browser's style engine shows it by a clock of its own, unless each
 * frame winds it up anew. So it comes also where scripts hang or never came, and where the machine's clock was put back.
 */
export function DeadMan() {
  const t = useT();
  const { subscribe, view } = useLiveStore();
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let woundAt = view().link.heardAt;
    return subscribe(() => {
      const { heardAt } = view().link;
      if (Math.abs(heardAt - woundAt) < WIND_EVERY_MS) return;
      woundAt = heardAt;
      for (const animation of ref.current?.getAnimations?.() ?? []) animation.currentTime = 0;
    });
  }, [subscribe, view]);
  return (
    <div ref={ref} className="wall-cover wall-dead-man" aria-hidden="true" data-dead-man>
      <div className="wall-cover-card">
        <StatusMark level="blind" className="wall-cover-mark" />
        <p className="wall-cover-title">{t("wall.unfed.title.silent")}</p>
        <p className="wall-cover-text">{t("wall.unfed.why.hung")}</p>
        <p className="wall-cover-text">{t("wall.unfed.beneath")}</p>
      </div>
    </div>
  );
}
