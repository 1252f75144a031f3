"use client";
import { clsx } from "clsx";
import { RUN_COLUMNS, RUN_GRID, RunRow } from "@/components/runs/run-row";
import { ReadingFailed } from "@/components/status/reading-failed";
import { Panel } from "@/components/ui/panel";
import { useT } from "@/lib/client/i18n";
import { useRuns } from "@/lib/client/runs";

/** Runs of one cluster, of one runbook where `runbookId` is given: open ones and those of the past, the newest first. */
export function RunsPanel(props: { scope: string; runbookId?: string }) {
  const { scope, runbookId } = props;
  const t = useT();
  const { value, problem, reload } = useRuns(scope);
  const runs = (value?.runs ?? []).filter(({ run }) => runbookId === undefined || run.runbookId === runbookId);
  return (
    <Panel title={t("runbooks.runs")} flush>
      {problem === null ? null : (
        <div className="px-4 pb-3">
          <ReadingFailed words="runbooks" problem={problem} old={value !== null} onRetry={reload} />
        </div>
      )}
      {value === null ? (
        problem === null ? (
          <p role="status" className="px-4 pb-4 text-sm text-ink-3">
            {t("runbooks.reading")}
          </p>
        ) : null
      ) : runs.length === 0 ? (
        <p className="px-4 pb-4 text-sm text-ink-3">{t("runbooks.noRuns")}</p>
      ) : (
        <>
          <div aria-hidden="true" className={clsx("hidden pb-1 text-xs font-medium text-ink-3 lg:grid", RUN_GRID)}>
            {RUN_COLUMNS.map((column) => (
              <span key={column} className={column === "took" || column === "gap" ? "text-right" : ""}>
                {t(`runbooks.column.${column}`)}
              </span>
            ))}
          </div>
          <ol className="border-t border-line">
            {runs.map((one) => (
              <RunRow key={one.run.id} one={one} />
            ))}
          </ol>
        </>
      )}
    </Panel>
  );
}
