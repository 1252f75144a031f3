"use client";
import Link from "next/link";
import { textOf } from "@/components/findings/texts";
import { LEVEL_OF_SEVERITY } from "@/components/status/level";
import { StatusMark } from "@/components/status/status-mark";
import { Badge } from "@/components/ui/badge";
import { useT } from "@/lib/client/i18n";
import { findingPath, runbookPath } from "@/lib/client/paths";
import type { Finding } from "@/lib/domain/findings/finding";
import type { Runbook } from "@/lib/domain/runbooks/runbook";
import { FilledText } from "./filled-text";

/** How many findings are named; the page of findings has them all. */
const NAMED_MAX = 3;

/** One runbook: its name, when to use it, and the findings from which it is offered now. `about`: a member to open it for. */
export function RunbookRow(props: {
  scope: string;
  runbook: Runbook;
  offered: readonly Finding[];
  about?: string | null;
}) {
  const { scope, runbook, offered } = props;
  const t = useT();
  return (
    <li className="flex flex-col gap-1 px-4 py-3 text-sm" data-runbook={runbook.id}>
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <Link
          href={runbookPath(scope, runbook.id, props.about ?? null)}
          prefetch={false}
          className="font-semibold text-accent underline-offset-4 wrap-anywhere hover:underline"
        >
          <FilledText text={runbook.title} />
        </Link>
        {runbook.kind === "drill" ? <Badge>{t("runbooks.drill")}</Badge> : null}
        {runbook.role === "admin" ? <Badge>{t("user.role.admin")}</Badge> : null}
        {runbook.builtIn ? null : <Badge>{t("runbooks.own")}</Badge>}
      </p>
      <p className="max-w-4xl text-ink-2 wrap-anywhere">
        <FilledText text={runbook.when} />
      </p>
      {offered.length === 0 ? null : (
        <ul className="flex flex-col gap-0.5">
          {offered.slice(0, NAMED_MAX).map((finding) => (
            <li key={finding.id} className="flex items-start gap-1.5 text-xs">
              <StatusMark level={LEVEL_OF_SEVERITY[finding.severity]} size={13} className="mt-[3px]" />
              <span className="sr-only">{t(`severity.${finding.severity}`)}</span>
              <Link
                href={findingPath(scope, finding.id)}
                prefetch={false}
                className="min-w-0 text-ink wrap-anywhere hover:text-accent hover:underline"
              >
                {textOf(t, finding)}
              </Link>
            </li>
          ))}
          {offered.length <= NAMED_MAX ? null : (
            <li className="pl-5 text-xs text-ink-3">
              {t("runbooks.moreFindings", { count: offered.length - NAMED_MAX })}
            </li>
          )}
        </ul>
      )}
    </li>
  );
}
