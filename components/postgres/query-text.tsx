"use client";
import { useT } from "@/lib/client/i18n";

const SHORT_CHARS = 90;

/** A query: one line that opens to the whole, or why there is none. */
export function QueryText(props: { query: string | null; cut: boolean; hidden: boolean; id?: string | null }) {
  const t = useT();
  const { query, id } = props;
  if (query === null) {
    return (
      <span className="text-xs text-ink-3">
        {props.hidden ? t("postgres.query.hidden") : t("postgres.none")}
        {id ? <span className="figures"> {t("postgres.query.id", { id })}</span> : null}
      </span>
    );
  }
  const line = query.replace(/\s+/g, " ");
  const whole = props.cut ? `${query}…` : query;
  if (line.length <= SHORT_CHARS && !props.cut) {
    return <code className="figures text-xs wrap-anywhere">{line}</code>;
  }
  return (
    <details className="group/query min-w-48">
      <summary className="figures cursor-pointer text-xs wrap-anywhere group-open/query:text-ink-3">
        {line.slice(0, SHORT_CHARS)}…
      </summary>
      <pre className="figures mt-1 rounded-sm bg-raised p-2 text-xs whitespace-pre-wrap wrap-anywhere">{whole}</pre>
      {props.cut ? <p className="mt-1 text-2xs text-ink-3">{t("postgres.query.cut")}</p> : null}
    </details>
  );
}
