"use client";
import { Download, Printer } from "lucide-react";
import { useT } from "@/lib/client/i18n";
import { incidentFile } from "@/lib/client/record-api";
import { instant } from "@/lib/domain/ids";

const BUTTON =
  "inline-flex h-8 items-center gap-1.5 rounded-md border border-line-strong bg-surface px-2.5 text-sm text-ink hover:bg-raised";

/** The report to take along: as text in the reader's language, as JSON, on paper. */
export function Exports(props: { scope: string; from: number; to: number }) {
  const { scope, from, to } = props;
  const t = useT();
  // A colon cannot stand in a file's name everywhere.
  const name = `incident-${scope}-${instant(from).replaceAll(":", "").replace(/\.\d+/, "")}`;
  return (
    <div className="flex flex-wrap gap-2 print:hidden">
      <a href={incidentFile(scope, from, to, "markdown", t.locale)} download={`${name}.md`} className={BUTTON}>
        <Download size={14} aria-hidden="true" />
        Markdown
      </a>
      <a href={incidentFile(scope, from, to, "json", t.locale)} download={`${name}.json`} className={BUTTON}>
        <Download size={14} aria-hidden="true" />
        JSON
      </a>
      <button type="button" className={BUTTON} onClick={() => window.print()}>
        <Printer size={14} aria-hidden="true" />
        {t("incidentPage.print")}
      </button>
    </div>
  );
}
