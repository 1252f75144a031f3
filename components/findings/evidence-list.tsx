"use client";
import { clsx } from "clsx";
import { isSourceStale } from "@/components/sources/sources-panel";
import { usePageStale } from "@/components/status/trust";
import { Age } from "@/components/ui/age";
import { useT } from "@/lib/client/i18n";
import { useAtTick } from "@/lib/client/use-live";
import type { FindingEvidence } from "@/lib/domain/findings/finding";
import type { SourceView } from "@/lib/domain/snapshot";
import { messageText } from "@/lib/format/message";
import { useFindingContext } from "./finding-context";

/** What a finding rests on, each with its age and a way to the raw answer. */
export function EvidenceList(props: { evidence: readonly FindingEvidence[] }) {
  const t = useT();
  const { sources } = useFindingContext();
  return (
    <ul className="flex flex-col gap-1">
      {props.evidence.map(({ text, sourceId }) => (
        <li
          key={`${sourceId} ${text.key} ${JSON.stringify(text.params)}`}
          className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5"
          data-evidence={sourceId ?? ""}
        >
          <span className="min-w-0 wrap-anywhere">{messageText(t, text)}</span>
          {sourceId === null ? (
            <span className="text-xs text-ink-3">{t("findings.ownMemory")}</span>
          ) : (
            <SourceLink id={sourceId} source={sources.find(({ id }) => id === sourceId) ?? null} />
          )}
        </li>
      ))}
    </ul>
  );
}

function SourceLink(props: { id: string; source: SourceView | null }) {
  const { id, source } = props;
  const t = useT();
  const pageStale = usePageStale();
  const { onSource } = useFindingContext();
  const old = useAtTick((now) => source === null || isSourceStale(source, now));
  const stale = pageStale || old;
  return (
    <span className="inline-flex min-w-0 flex-wrap items-baseline gap-x-2 text-xs">
      <button
        type="button"
        onClick={() => onSource([id])}
        title={t("sources.open")}
        className="min-w-0 rounded-sm text-left text-accent wrap-anywhere underline underline-offset-2"
      >
        {id}
      </button>
      <Age at={source?.lastOkAt ?? null} className={clsx(stale ? "font-medium text-blind" : "text-ink-3")} />
      {stale ? <span className="font-medium text-blind">{t("trust.stale")}</span> : null}
    </span>
  );
}
