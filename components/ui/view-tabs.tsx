"use client";
import { clsx } from "clsx";

/** Two or more ways to look at one thing, of which one is chosen. */
export function ViewTabs<V extends string>(props: {
  label: string;
  views: readonly V[];
  view: V;
  nameOf: (view: V) => string;
  onView: (view: V) => void;
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for what is sent, and this is only a choice of view
    <div role="group" aria-label={props.label} className="flex w-fit rounded-md border border-line-strong p-0.5">
      {props.views.map((view) => (
        <button
          key={view}
          type="button"
          aria-pressed={props.view === view}
          onClick={() => props.onView(view)}
          className={clsx(
            "rounded-sm px-3 py-1 text-sm",
            props.view === view ? "bg-raised font-semibold text-ink" : "text-ink-2 hover:text-ink",
          )}
        >
          {props.nameOf(view)}
        </button>
      ))}
    </div>
  );
}
