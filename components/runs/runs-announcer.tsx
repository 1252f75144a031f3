"use client";
import { localText } from "@/components/runbooks/words";
import { useT } from "@/lib/client/i18n";
import type { Snapshot } from "@/lib/domain/snapshot";

/** Reads out what becomes of open runs, on every page of their cluster. It stands there before there is something to say. */
export function RunsAnnouncer(props: { snapshot: Snapshot }) {
  const t = useT();
  return (
    <div aria-live="polite" className="sr-only">
      {(props.snapshot.runs?.runs ?? []).map((run) => (
        <p key={run.id}>
          {localText(t, run.title)}: {t(`runbooks.state.${run.state}`)}
          {run.contradiction === null ? null : `. ${t(`runbooks.contradicted.${run.contradiction.kind}`)}`}
        </p>
      ))}
    </div>
  );
}
