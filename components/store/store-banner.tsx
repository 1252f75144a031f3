"use client";
import { clsx } from "clsx";
import { TEXT_OF_LEVEL } from "@/components/status/level";
import { StatusMark } from "@/components/status/status-mark";
import { Lasting, Moment } from "@/components/ui/age";
import { useT } from "@/lib/client/i18n";
import type { StoreView } from "@/lib/domain/store";

const LEVEL = { behind: "info", failing: "warn" } as const;

/**
 * Says that the dashboard's own record has a hole just now, on every page of a cluster. It stands below the verdict and never louder
 * than a warning: what is live is unharmed.
 */
export function StoreBanner(props: { store: StoreView | null }) {
  const t = useT();
  const { store } = props;
  if (store === null || store.state === "ok") return null;
  const { state, failure } = store;
  const level = LEVEL[state];
  return (
    <section
      aria-labelledby="store-state"
      data-store={state}
      className={clsx(
        "flex flex-wrap items-baseline gap-x-3 gap-y-1 rounded-lg border bg-surface px-4 py-2 text-sm",
        level === "warn" ? "border-warn-line shadow-[inset_4px_0_0_var(--warn)]" : "border-line",
      )}
    >
      <StatusMark level={level} size={14} />
      <h2 id="store-state" className={clsx("font-semibold", TEXT_OF_LEVEL[level])}>
        {t(`store.${state}`)}
      </h2>
      <p className="text-ink-2">
        {t("store.since")} <Moment at={store.since} /> · <Lasting since={store.since} />
      </p>
      <p className="text-ink-2">{t("store.unharmed")}</p>
      <p className="flex basis-full flex-wrap gap-x-2 text-xs text-ink-2 wrap-anywhere">
        {failure === null ? null : <span className="font-medium">{t(`store.failure.${failure.kind}`)}</span>}
        {failure === null || failure.text === "" ? null : <span className="font-mono">{failure.text}</span>}
        {store.waiting > 0 ? <span className="tabular-nums">{t("store.waiting", { rows: store.waiting })}</span> : null}
        {store.dropped > 0 ? <span className="tabular-nums">{t("store.dropped", { rows: store.dropped })}</span> : null}
      </p>
    </section>
  );
}
