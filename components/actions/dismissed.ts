"use client";
import { useSyncExternalStore } from "react";

/** Ended operations that the reader has put away in this tab; the board drops them by itself after some minutes. */
let dismissed: ReadonlySet<string> = new Set();
const listeners = new Set<() => void>();

export function dismiss(id: string): void {
  dismissed = new Set([...dismissed, id]);
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
const EMPTY: ReadonlySet<string> = new Set();

export const useDismissed = (): ReadonlySet<string> =>
  useSyncExternalStore(
    subscribe,
    () => dismissed,
    () => EMPTY,
  );
