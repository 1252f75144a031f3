"use client";
import { type ReactNode, useId } from "react";

/** A named row of choices that can each be on or off. */
export function Chips(props: { label: string; children: ReactNode }) {
  const id = useId();
  return (
    <fieldset aria-labelledby={id} className="flex min-w-0 flex-wrap items-center gap-1.5">
      <span id={id} className="mr-1 text-xs text-ink-3">
        {props.label}
      </span>
      {props.children}
    </fieldset>
  );
}

export function Chip(props: { on: boolean; onClick: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      aria-pressed={props.on}
      onClick={props.onClick}
      className="flex h-7 items-center gap-1.5 rounded-full border border-line-strong px-2.5 text-xs text-ink-2 hover:bg-raised aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent"
    >
      {props.children}
    </button>
  );
}
