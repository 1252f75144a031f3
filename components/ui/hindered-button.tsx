"use client";
import { clsx } from "clsx";
import { type ReactNode, useId, useState } from "react";

const LOOK = {
  plain: "border-line-strong bg-surface text-ink hover:bg-raised",
  strong: "border-ink bg-ink font-semibold text-canvas hover:opacity-90",
} as const;
const SIZE = { small: "px-2 py-0.5 text-xs", normal: "px-3 py-1.5 text-sm" } as const;

/**
 * A button that may be out of order and then says why: to a screen reader always, to the eye under the pointer, and below the button for
 * whoever tries it by touch or keyboard. It stays reachable, since what cannot be reached cannot be asked.
 */
export function HinderedButton(props: {
  /** Why it does nothing now; null: it works. */
  hindrance: string | null;
  onClick: () => void;
  /** For a button whose text alone does not say what it is for. */
  label?: string;
  look?: keyof typeof LOOK;
  size?: keyof typeof SIZE;
  children: ReactNode;
}) {
  const { hindrance, look = "plain", size = "normal" } = props;
  const id = useId();
  const [asked, setAsked] = useState(false);
  const told = hindrance !== null && asked;
  return (
    <span className="inline-flex min-w-0 flex-col items-start">
      <button
        type="button"
        aria-label={props.label}
        aria-disabled={hindrance !== null}
        aria-describedby={hindrance === null ? undefined : id}
        title={hindrance ?? undefined}
        onClick={() => (hindrance === null ? props.onClick() : setAsked(!asked))}
        onBlur={() => setAsked(false)}
        className={clsx(
          "rounded-md border whitespace-nowrap",
          SIZE[size],
          hindrance === null ? LOOK[look] : "cursor-not-allowed border-line bg-raised text-ink-3",
        )}
      >
        {props.children}
      </button>
      {hindrance === null ? null : (
        <span id={id} className={told ? "mt-0.5 max-w-64 text-xs whitespace-normal text-warn" : "sr-only"}>
          {hindrance}
        </span>
      )}
    </span>
  );
}
