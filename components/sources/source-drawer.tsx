"use client";
import { useState } from "react";
import { Age } from "@/components/ui/age";
import { Drawer } from "@/components/ui/drawer";
import { problemOf } from "@/lib/client/api";
import { useT } from "@/lib/client/i18n";
import { useSourceAnswer } from "@/lib/client/use-live";
import type { SourceView } from "@/lib/domain/snapshot";
import { formatLatency } from "@/lib/format/duration";
import { FailureText } from "./failure-text";

/** The raw answer behind a claim, for whoever wants to see with own eyes. Several sources: one is chosen at the top. */
export function SourceDrawer(props: {
  scope: string;
  ids: readonly string[];
  sources: readonly SourceView[];
  onClose: () => void;
}) {
  const { scope, ids, sources, onClose } = props;
  const t = useT();
  const [chosen, setChosen] = useState<string | null>(null);
  const id = chosen !== null && ids.includes(chosen) ? chosen : (ids[0] ?? null);
  const source = sources.find((entry) => entry.id === id);
  return (
    <Drawer title={t("drawer.title")} closeLabel={t("drawer.close")} onClose={onClose}>
      {ids.length > 1 ? (
        <label className="mb-4 flex items-center gap-3 text-sm">
          <span className="text-ink-3">{t("drawer.choose")}</span>
          <select
            value={id ?? ""}
            onChange={(event) => setChosen(event.target.value)}
            className="min-w-0 flex-1 rounded-md border border-line-strong bg-surface px-2 py-1.5"
          >
            {ids.map((entry) => (
              <option key={entry} value={entry}>
                {entry}
              </option>
            ))}
          </select>
        </label>
      ) : null}
      {source ? <Facts source={source} /> : null}
      {id === null ? null : <RawAnswer key={id} scope={scope} id={id} version={source?.lastTriedAt ?? null} />}
    </Drawer>
  );
}

function Facts(props: { source: SourceView }) {
  const { source } = props;
  const t = useT();
  return (
    <div className="mb-4">
      <p className="font-semibold wrap-anywhere">
        {t(`sources.kind.${source.kind}`)} · {source.target}
      </p>
      <p className="mt-0.5 text-sm text-ink-2">
        {t("drawer.answered")} <Age at={source.lastOkAt} />
        {source.latencyMs === null ? null : <> · {t("drawer.took", { took: formatLatency(t, source.latencyMs) })}</>}
      </p>
      {source.error ? <FailureText failure={source.error} /> : null}
    </div>
  );
}

function RawAnswer(props: { scope: string; id: string; version: string | null }) {
  const t = useT();
  const answer = useSourceAnswer(props.scope, props.id);
  if (answer.data !== undefined) {
    return (
      <>
        <div className="mb-2 flex items-center justify-between gap-4 text-xs text-ink-3">
          <span>
            {t("drawer.fetched")} <Age at={new Date(answer.dataUpdatedAt).toISOString()} />
          </span>
          <button
            type="button"
            className="rounded-md border border-line-strong px-2 py-1 text-ink hover:bg-raised"
            onClick={() => void answer.refetch()}
          >
            {t("drawer.again")}
          </button>
        </div>
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by the keyboard
          tabIndex={0}
          className="figures overflow-x-auto rounded-md border border-line bg-canvas p-3 text-xs leading-5"
        >
          {JSON.stringify(answer.data, null, 2)}
        </pre>
      </>
    );
  }
  if (answer.error) {
    const problem = problemOf(answer.error);
    return (
      <p role="alert" className="text-sm text-warn">
        {t(`problem.${problem.kind}`)} {problem.detail}
      </p>
    );
  }
  return <p className="text-sm text-ink-3">{t("drawer.waiting")}</p>;
}
