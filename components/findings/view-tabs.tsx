"use client";
import { clsx } from "clsx";
import { useT } from "@/lib/client/i18n";
import { VIEWS, type View } from "./filter";

/** What is wrong now, or what would be after the next failure. */
export function ViewTabs(props: { view: View; onView: (view: View) => void }) {
  const t = useT();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for what is sent, and this is only a choice of view
    <div
      role="group"
      aria-label={t("findings.view.label")}
      className="flex w-fit rounded-md border border-line-strong p-0.5"
    >
      {VIEWS.map((view) => (
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
          {t(`findings.view.${view}`)}
        </button>
      ))}
    </div>
  );
}
