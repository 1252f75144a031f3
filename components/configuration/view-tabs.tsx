"use client";
import { clsx } from "clsx";
import { useT } from "@/lib/client/i18n";

/** Form or text: two ways to edit one draft. */
export function ViewTabs(props: { view: "form" | "yaml"; onView: (view: "form" | "yaml") => void }) {
  const t = useT();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for what is sent, and this is only a choice of view
    <div
      role="group"
      aria-label={t("configurationPage.view.label")}
      className="flex rounded-md border border-line-strong p-0.5"
    >
      {(["form", "yaml"] as const).map((view) => (
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
          {t(`configurationPage.view.${view}`)}
        </button>
      ))}
    </div>
  );
}
