"use client";
import { createContext, useContext } from "react";
import type { AttentionBoard } from "@/lib/domain/alerts/types";
import type { SourceView } from "@/lib/domain/snapshot";

/** What findings of one picture are drawn with. */
export type FindingSurroundings = {
  readonly scope: string;
  readonly sources: readonly SourceView[];
  /** Null where no alerts are kept. */
  readonly attention: AttentionBoard | null;
  /** Opens the raw answers of these sources. */
  readonly onSource: (ids: readonly string[]) => void;
};

const NOWHERE: FindingSurroundings = { scope: "", sources: [], attention: null, onSource: () => undefined };

export const FindingContext = createContext<FindingSurroundings>(NOWHERE);
export const useFindingContext = (): FindingSurroundings => useContext(FindingContext);
