"use client";
import { Download, ShieldCheck } from "lucide-react";
import { useMemo } from "react";
import { ReadingFailed } from "@/components/status/reading-failed";
import { AUDIT_EXPORT, useAuditPages, useAuditVerdict } from "@/lib/client/audit";
import { useT } from "@/lib/client/i18n";
import { useLiveStore } from "@/lib/client/live-provider";
import { AuditFilters } from "./audit-filters";
import { AuditTable } from "./audit-table";
import { ChainVerdict } from "./chain-verdict";
import { askedOf, EMPTY, isEmpty } from "./filter";
import { useAuditFilter } from "./use-audit-filter";

const BUTTON =
  "flex h-8 items-center gap-1.5 rounded-md border border-line-strong bg-surface px-3 text-sm text-ink hover:bg-raised disabled:text-ink-3";

/** The audit log of all clusters. `people`: users and tokens of the configuration, to choose from. */
export function AuditPage(props: { people: readonly string[] }) {
  const t = useT();
  const { clock } = useLiveStore();
  const [filter, setFilter] = useAuditFilter();
  // A range that ends now begins where it began when it was chosen: the key of what is read must not change with the clock.
  const asked = useMemo(() => askedOf(filter, clock.current()), [filter, clock]);
  const pages = useAuditPages(asked);
  const verdict = useAuditVerdict();
  const rows = pages.rows ?? [];
  return (
    <main
      id="content"
      tabIndex={-1}
      className="mx-auto flex w-full max-w-[120rem] flex-col gap-4 px-3 py-4 outline-none sm:px-5"
    >
      <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <h1 className="text-lg font-semibold">{t("auditPage.title")}</h1>
          <p className="max-w-5xl text-sm text-ink-2">{t("auditPage.about")}</p>
        </div>
        <div className="flex flex-wrap gap-2">
          <button type="button" className={BUTTON} disabled={verdict.checking} onClick={verdict.check}>
            <ShieldCheck size={16} aria-hidden="true" />
            {t("auditPage.verify")}
          </button>
          <a href={AUDIT_EXPORT} download className={BUTTON}>
            <Download size={16} aria-hidden="true" />
            {t("auditPage.export")}
          </a>
        </div>
      </header>
      <ChainVerdict asked={verdict} />
      <AuditFilters filter={filter} people={props.people} onChange={setFilter} />
      {pages.problem ? (
        <ReadingFailed words="auditPage" problem={pages.problem} old={rows.length > 0} onRetry={pages.reload} />
      ) : null}
      {rows.length > 0 ? (
        <AuditTable
          rows={rows}
          shown={filter.row}
          hasOlder={pages.hasOlder}
          reading={pages.reading}
          onReload={pages.reload}
        />
      ) : pages.problem ? null : pages.rows === null ? (
        <p role="status" className="hatched rounded-lg border border-line px-4 py-10 text-center text-sm text-ink-2">
          {t("auditPage.loading")}
        </p>
      ) : (
        <div className="flex flex-col items-center gap-3 rounded-lg border border-line bg-surface px-4 py-10 text-center text-sm text-ink-2">
          <p>{isEmpty(filter) ? t("auditPage.none") : t("auditPage.noneMatch")}</p>
          {isEmpty(filter) ? null : (
            <button type="button" className={BUTTON} onClick={() => setFilter(EMPTY)}>
              {t("auditPage.clear")}
            </button>
          )}
        </div>
      )}
      {pages.hasOlder ? (
        <button type="button" className={`${BUTTON} self-center`} disabled={pages.loadingOlder} onClick={pages.older}>
          {pages.loadingOlder ? t("auditPage.loadingOlder") : t("auditPage.older")}
        </button>
      ) : null}
    </main>
  );
}
