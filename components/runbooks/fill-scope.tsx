"use client";
import { createContext, type ReactNode, useContext, useMemo } from "react";
import { usePageStale } from "@/components/status/trust";
import { useT } from "@/lib/client/i18n";
import type { Condition, Judged } from "@/lib/domain/runbooks/condition";
import { judge } from "@/lib/domain/runbooks/judge";
import { type FillGround, fill, filledText } from "@/lib/domain/runbooks/placeholders";
import type { RunbookPlaces } from "@/lib/domain/runbooks/places";
import type { LocalText, Runbook } from "@/lib/domain/runbooks/runbook";
import type { Snapshot } from "@/lib/domain/snapshot";
import { messageText } from "@/lib/format/message";
import { localText } from "./words";

const Ground = createContext<FillGround | null>(null);

/** What texts below are filled from and conditions judged by: the live picture, and the inputs of the run or of the one to begin. */
export function FillScope(props: {
  picture: Snapshot;
  /** Null: not known yet; texts then stand as they were written. */
  places: RunbookPlaces | null;
  runbook: Pick<Runbook, "inputs">;
  inputs: Readonly<Record<string, string>>;
  children: ReactNode;
}) {
  const { picture, places, inputs } = props;
  const asked = props.runbook.inputs;
  const ground = useMemo(
    () => (places === null ? null : { picture, places, asked, inputs }),
    [picture, places, asked, inputs],
  );
  return <Ground value={ground}>{props.children}</Ground>;
}

export const useFillGround = (): FillGround | null => useContext(Ground);

/** Fills a text for where only a plain one can stand: the name of a button, an announcement. */
export function useFill(): (text: LocalText) => string {
  const t = useT();
  const ground = useContext(Ground);
  return (text) => {
    const written = localText(t, text);
    return ground === null ? written : filledText(fill(written, ground, "text"), (words) => messageText(t, words));
  };
}

const NOT_KNOWN: Judged = { value: false, known: false };

/** Judges by the live picture; on a page that hears nothing nothing is known. */
export function useJudge(): (condition: Condition) => Judged {
  const stale = usePageStale();
  const ground = useContext(Ground);
  return (condition) => (ground === null || stale ? NOT_KNOWN : judge(condition, ground));
}
