"use client";
import { useSyncExternalStore } from "react";

/** A television, until the browser has told. */
const USUAL_ASPECT = 16 / 9;

function subscribe(listener: () => void): () => void {
  window.addEventListener("resize", listener);
  return () => window.removeEventListener("resize", listener);
}

/** Width by height of the screen. */
export function useAspect(): number {
  const read = () => window.innerWidth / Math.max(1, window.innerHeight);
  return useSyncExternalStore(subscribe, read, () => USUAL_ASPECT);
}

const never = () => () => undefined;

/** False while the server draws, which knows neither this screen's clock nor its time zone. */
export const useIsOnScreen = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
