"use client";
import { useEffect, useState } from "react";
import { StatusMark } from "@/components/status/status-mark";
import { useT } from "@/lib/client/i18n";
import { tokenIn, withoutToken } from "@/lib/client/wall-entry";
import { type Entry, enterWall } from "@/lib/client/walls";
import "@/components/wall/wall.css";

const AGAIN_MS = 3_000;

/**
 * What a wall's link opens: exchanges the token in the address for the wall's cookie, then drops it from the address. Tries until the
 * server has decided; there is nobody to press a button.
 */
export function WallEntry() {
  const t = useT();
  const [entry, setEntry] = useState<Entry | null>(null);
  useEffect(() => {
    let left = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const enter = async () => {
      const token = tokenIn(window.location.href);
      const result = token === null ? "entered" : await enterWall(token);
      if (left) return;
      setEntry(result);
      if (result === "again") timer = setTimeout(() => void enter(), AGAIN_MS);
      else if (result === "entered") window.location.replace(withoutToken(window.location.href));
      else window.history.replaceState(null, "", withoutToken(window.location.href));
    };
    void enter();
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, []);
  const refused = entry !== null && entry !== "entered" && entry !== "again";
  return (
    <main className="wall" data-theme="dark" data-entry={entry ?? "asking"}>
      <div className="wall-cover" role="status">
        <div className="wall-cover-card">
          <StatusMark level={refused ? "crit" : "blind"} className="wall-cover-mark" />
          <h1 className="wall-cover-title">{t(`walls.entry.${entry ?? "asking"}`)}</h1>
          {refused ? <p className="wall-cover-text">{t("walls.entry.advice")}</p> : null}
        </div>
      </div>
    </main>
  );
}
