"use client";
import { clsx } from "clsx";
import { type ReactNode, useId } from "react";
import { MENU_ITEM } from "@/components/ui/menu";
import type { ActionKind } from "@/lib/domain/actions/request";

/** One line of a menu of actions. Out of order it stays reachable, does nothing, and says why below its name. */
export function ActionItem(props: {
  action: ActionKind;
  hindrance: string | null;
  onChoose: () => void;
  children: ReactNode;
}) {
  const { hindrance } = props;
  const id = useId();
  const off = hindrance !== null;
  return (
    <button
      type="button"
      data-action={props.action}
      aria-disabled={off}
      aria-describedby={off ? id : undefined}
      onClick={() => {
        if (!off) props.onChoose();
      }}
      className={clsx(MENU_ITEM, off && "cursor-not-allowed flex-col items-start gap-0 text-ink-3")}
    >
      <span className="wrap-anywhere">{props.children}</span>
      {off ? (
        <span id={id} className="text-xs wrap-anywhere">
          {hindrance}
        </span>
      ) : null}
    </button>
  );
}
