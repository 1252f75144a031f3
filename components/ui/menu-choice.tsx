"use client";
import type { ReactNode } from "react";
import { MENU_ITEM } from "./menu";

/** One line of a menu. Out of order it stays reachable, does nothing, and says why below its name. */
export function MenuChoice(props: {
  hindrance: string | null;
  label?: string;
  onChoose: () => void;
  children: ReactNode;
}) {
  const { hindrance, label } = props;
  if (hindrance === null) {
    return (
      <button type="button" aria-label={label} className={MENU_ITEM} onClick={props.onChoose}>
        {props.children}
      </button>
    );
  }
  return (
    <div className="px-2.5 py-1.5 text-sm">
      <button
        type="button"
        aria-label={label}
        aria-disabled="true"
        className="w-full cursor-not-allowed text-left text-ink-3"
      >
        {props.children}
      </button>
      <p className="text-xs whitespace-normal text-warn">{hindrance}</p>
    </div>
  );
}

/** What a group of lines is about. */
export const MENU_GROUP = "px-2.5 pt-1.5 text-xs font-medium text-ink-3 wrap-anywhere";
