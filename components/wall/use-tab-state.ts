"use client";
import { useEffect } from "react";
import type { Level } from "@/components/status/level";

/** In the dark theme's colours; a favicon reads no style sheet. */
const FILL: Readonly<Record<Level, string>> = {
  ok: "#b9bec6",
  info: "#b9bec6",
  warn: "#f0b429",
  crit: "#e5484d",
  split: "#e5484d",
  blind: "#b6a3dd",
};
const SHAPE: Readonly<Record<Level, string>> = {
  ok: '<circle cx="8" cy="8" r="6" fill="none" stroke-width="2" stroke="FILL"/>',
  info: '<circle cx="8" cy="8" r="6" fill="none" stroke-width="2" stroke="FILL"/>',
  warn: '<path d="M8 1 15.6 15H.4Z" fill="FILL"/>',
  crit: '<path d="M5 .8h6L15.2 5v6L11 15.2H5L.8 11V5Z" fill="FILL"/>',
  split: '<path d="M6.9.6v14.8L.2 8ZM9.1.6v14.8L15.8 8Z" fill="FILL"/>',
  blind: '<circle cx="8" cy="8" r="6" fill="none" stroke-width="2" stroke-dasharray="3 2.5" stroke="FILL"/>',
};

const iconOf = (level: Level): string =>
  `data:image/svg+xml,${encodeURIComponent(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">${SHAPE[level].replace("FILL", FILL[level])}</svg>`,
  )}`;

/** The state in the tab's title and icon too: a wall may be one tab of several on somebody's desk. */
export function useTabState(level: Level, title: string): void {
  useEffect(() => {
    const before = document.title;
    document.title = title;
    return () => {
      document.title = before;
    };
  }, [title]);
  useEffect(() => {
    const icon = document.createElement("link");
    icon.rel = "icon";
    icon.type = "image/svg+xml";
    icon.href = iconOf(level);
    document.head.append(icon);
    return () => icon.remove();
  }, [level]);
}
