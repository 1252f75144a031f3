"use client";
import { ClusterFrame } from "@/components/cluster/cluster-frame";
import { ReadingFailed } from "@/components/status/reading-failed";
import { useT } from "@/lib/client/i18n";
import { useOperationPages } from "@/lib/client/operations";
import type { Snapshot } from "@/lib/domain/snapshot";
import { PLAIN_BUTTON } from "./buttons";
import { OperationRow } from "./operation-row";

const COLUMNS = ["outcome", "action", "who", "when", "took", "gap"] as const;

/** What was done on one cluster, or refused, newest first. */
export function OperationsPage(props: { scope: string }) {
  return (
    <ClusterFrame scope={props.scope} page="operations">
      {(snapshot) => <OperationsContent snapshot={snapshot} />}
    </ClusterFrame>
  );
}

export function OperationsContent(props: { snapshot: Snapshot }) {
  const { scope, actions } = props.snapshot;
  const t = useT();
  // The list is read anew when one begins, moves on to another state, or ends; not with every step.
  const revision = (actions?.operations ?? []).map(({ id, state }) => `${id} ${state}`).join();
  const { operations, problem, hasOlder, loadingOlder, older, reload } = useOperationPages(scope, revision);
  return (
    <section aria-labelledby="operations" className="flex flex-col gap-2">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 id="operations" className="text-base font-semibold">
          {t("operationsPage.title")}
        </h2>
        {operations === null ? null : (
          <p className="text-xs text-ink-3">
            {t("operationsPage.count", { count: operations.length, more: hasOlder ? "yes" : "no" })}
          </p>
        )}
      </div>
      {problem === null ? null : <ReadingFailed words="operationsPage" problem={problem} onRetry={reload} />}
      {operations === null ? (
        problem === null ? (
          <p role="status" className="hatched rounded-lg border border-line px-4 py-10 text-center text-sm text-ink-2">
            {t("operationsPage.loading")}
          </p>
        ) : null
      ) : operations.length === 0 ? (
        <p className="rounded-lg border border-line bg-surface px-4 py-10 text-center text-sm text-ink-2">
          {t("operationsPage.none")}
        </p>
      ) : (
        <div className="rounded-lg border border-line bg-surface">
          <div
            aria-hidden="true"
            className="hidden gap-x-4 px-4 pt-2.5 pb-1 text-xs font-medium text-ink-3 lg:grid lg:grid-cols-[11rem_minmax(0,1.3fr)_minmax(0,1fr)_12rem_6rem_6rem]"
          >
            {COLUMNS.map((column) => (
              <span key={column} className={column === "took" || column === "gap" ? "text-right" : ""}>
                {t(`operationsPage.column.${column}`)}
              </span>
            ))}
          </div>
          <ol>
            {operations.map((operation) => (
              <OperationRow key={operation.id} operation={operation} />
            ))}
          </ol>
        </div>
      )}
      {hasOlder ? (
        <button type="button" className={`${PLAIN_BUTTON} self-center`} disabled={loadingOlder} onClick={older}>
          {loadingOlder ? t("operationsPage.loadingOlder") : t("operationsPage.older")}
        </button>
      ) : null}
    </section>
  );
}
