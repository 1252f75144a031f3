"use client";
import { createContext, type ReactNode, useContext } from "react";
import type { EpochMs } from "@/lib/domain/ids";

const Context = createContext<EpochMs | null>(null);

/** Below it every age is counted to `at`, a past moment, and stands still. */
export function FrozenClock(props: { at: EpochMs; children: ReactNode }) {
  return <Context value={props.at}>{props.children}</Context>;
}

/** The moment of the past picture that we stand in; null where the page is live. */
export const useFrozenNow = (): EpochMs | null => useContext(Context);
