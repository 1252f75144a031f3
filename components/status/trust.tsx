"use client";
import { createContext, type ReactNode, useContext } from "react";
import { useT } from "@/lib/client/i18n";
import type { Trust } from "@/lib/domain/snapshot";

const PageStale = createContext(false);

/** Marks everything below as no longer believable, whatever it says of itself. */
export function StaleScope(props: { stale: boolean; children: ReactNode }) {
  return <PageStale value={props.stale}>{props.children}</PageStale>;
}

export const usePageStale = (): boolean => useContext(PageStale);

/** How far a piece of evidence may be trusted on this page now: nothing is fresh on a page that hears nothing. */
export function useTrust(trust: Trust): Trust {
  const stale = useContext(PageStale);
  return stale && trust === "fresh" ? "stale" : trust;
}

/** The word for evidence that may not be relied on; nothing for fresh evidence, which is the quiet normal case. */
export function TrustWord(props: { trust: Trust }) {
  const t = useT();
  if (props.trust !== "stale" && props.trust !== "unknown") return null;
  return <span className="text-blind text-2xs font-medium whitespace-nowrap">{t(`trust.${props.trust}`)}</span>;
}
