"use client";
import { type RefObject, useEffect, useState, useSyncExternalStore } from "react";

const NARROW = "(max-width: 639px)";

let media: MediaQueryList | undefined;
const narrowMedia = (): MediaQueryList | undefined => {
  media ??= window.matchMedia?.(NARROW);
  return media;
};
const isNarrow = () => narrowMedia()?.matches ?? false;

function watchNarrow(changed: () => void): () => void {
  const media = narrowMedia();
  media?.addEventListener("change", changed);
  return () => media?.removeEventListener("change", changed);
}

/** True on a phone; the server, which cannot know, draws no plot. */
export const useNarrow = (): boolean => useSyncExternalStore(watchNarrow, isNarrow, () => false);

/** Charts this far below or above the screen are drawn already. */
const AHEAD = "120px 0px";

/** True while the element is on the screen or nearly so: what nobody sees costs nothing. */
export function useNearScreen(ref: RefObject<Element | null>): boolean {
  const [near, setNear] = useState(false);
  useEffect(() => {
    if (typeof IntersectionObserver === "undefined" || !ref.current) {
      setNear(true);
      return;
    }
    const observer = new IntersectionObserver((entries) => setNear(entries.at(-1)?.isIntersecting ?? false), {
      rootMargin: AHEAD,
    });
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, [ref]);
  return near;
}
