"use client";
import { useEffect } from "react";

/** Marks that the page's scripts came and run; see `revival.ts`. Draws nothing. */
export function Alive() {
  useEffect(() => {
    document.documentElement.dataset.alive = "true";
  }, []);
  return null;
}
