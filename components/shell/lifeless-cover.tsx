"use client";
import { useEffect, useState } from "react";
import { StatusMark } from "@/components/status/status-mark";
import { useT } from "@/lib/client/i18n";
import { formatClock } from "@/lib/format/time";

/**
 * A page whose scripts never came, for the server died while it was loading, would look well for ever: what the server drew is a healthy
 * cluster, and nobody is there to say that it has grown old. So the server draws this too, and time alone shows it (`lifeless` in
 * `globals.css`); a page that comes to life takes it away. Its link works without scripts.
 */
export function LifelessCover(props: { drawnAt: string }) {
  const t = useT();
  const [alive, setAlive] = useState(false);
  useEffect(() => setAlive(true), []);
  if (alive) return null;
  return (
    <div className="lifeless" data-lifeless="">
      <div role="alert" className="lifeless-card">
        <p className="flex items-center gap-2 font-semibold text-blind">
          <StatusMark level="blind" size={18} />
          {t("shell.lifeless.title")}
        </p>
        <p>{t("shell.lifeless.text", { time: `${formatClock(t.locale, props.drawnAt, "UTC") ?? ""} UTC` })}</p>
        {/* biome-ignore lint/a11y/useValidAnchor: an empty address is this page's own, with all that is in it */}
        <a href="" className="self-start font-semibold underline">
          {t("shell.lifeless.reload")}
        </a>
      </div>
    </div>
  );
}
