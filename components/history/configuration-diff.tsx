"use client";
import { useT } from "@/lib/client/i18n";
import type { StoredEvent } from "@/lib/domain/events/event";

type Difference = { readonly path: string; readonly before: unknown; readonly after: unknown };

const isDifference = (value: unknown): value is Difference =>
  typeof value === "object" && value !== null && typeof (value as { path?: unknown }).path === "string";

/** The differences that a configuration's event carries; null for any other event, and for data of another shape. */
export function differencesOf(event: StoredEvent): readonly Difference[] | null {
  const { differences } = event.data;
  if (event.kind !== "configuration" || !Array.isArray(differences)) return null;
  return differences.every(isDifference) ? differences : null;
}

const told = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

/** Each setting with what it was and what it is; told by sign and word, not by colour alone. */
export function ConfigurationDiff(props: { differences: readonly Difference[] }) {
  const t = useT();
  return (
    <ul className="figures flex flex-col gap-1.5" data-differences={props.differences.length}>
      {props.differences.map(({ path, before, after }) => (
        <li key={path}>
          <p className="font-semibold wrap-anywhere">{path}</p>
          <p className="grid grid-cols-[1rem_1fr] rounded-xs bg-crit-soft px-1.5 text-ink-2">
            <span aria-hidden="true">−</span>
            <del className="no-underline wrap-anywhere">
              <span className="sr-only">{t("historyPage.before")} </span>
              {before === null || before === undefined ? <i>{t("historyPage.notSet")}</i> : told(before)}
            </del>
          </p>
          <p className="grid grid-cols-[1rem_1fr] rounded-xs bg-accent-soft px-1.5">
            <span aria-hidden="true">+</span>
            <ins className="no-underline wrap-anywhere">
              <span className="sr-only">{t("historyPage.after")} </span>
              {after === null || after === undefined ? <i>{t("historyPage.notSet")}</i> : told(after)}
            </ins>
          </p>
        </li>
      ))}
    </ul>
  );
}
