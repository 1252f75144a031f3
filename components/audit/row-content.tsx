"use client";
import Link from "next/link";
import type { ReactNode } from "react";
import { useT } from "@/lib/client/i18n";
import { auditPath } from "@/lib/client/paths";
import type { AuditRow } from "@/lib/domain/audit";
import { EMPTY, writeFilter } from "./filter";

const LINK = "text-accent underline-offset-4 hover:underline";

/** All that a row holds, as it is stored: nothing of it is left out or put into other words. */
export function RowContent({ row }: { row: AuditRow }) {
  const t = useT();
  const data = JSON.stringify(row.data, null, 2);
  return (
    <div className="grid gap-x-8 gap-y-4 border-t border-line bg-canvas px-4 py-3 text-sm lg:grid-cols-[minmax(18rem,2fr)_3fr]">
      <dl className="grid h-fit grid-cols-[max-content_1fr] gap-x-4 gap-y-1">
        <Fact label={t("auditPage.fact.at")}>{row.at}</Fact>
        <Fact label={t("auditPage.fact.kind")}>{row.kind}</Fact>
        <Fact label={t("auditPage.fact.actor")}>{row.actor}</Fact>
        <Fact label={t("auditPage.fact.role")}>{row.role}</Fact>
        <Fact label={t("auditPage.fact.from")}>{row.from}</Fact>
        <Fact label={t("auditPage.fact.scope")}>{row.scope}</Fact>
        <Fact label={t("auditPage.fact.action")}>{row.action}</Fact>
        <Fact label={t("auditPage.fact.operation")}>
          {row.operationId === null ? null : (
            <>
              {row.operationId}{" "}
              <Link
                href={auditPath(writeFilter({ ...EMPTY, operation: row.operationId }))}
                prefetch={false}
                className={`${LINK} font-sans text-sm whitespace-nowrap`}
              >
                {t("auditPage.wholeOperation")}
              </Link>
            </>
          )}
        </Fact>
        <Fact label={t("auditPage.fact.plan")}>{row.planId}</Fact>
        <Fact label={t("auditPage.fact.prev")}>{row.prev}</Fact>
        <Fact label={t("auditPage.fact.hash")}>{row.hash}</Fact>
      </dl>
      <div className="flex min-w-0 flex-col gap-3">
        {row.reason === null ? null : (
          <div>
            <h3 className="text-xs text-ink-3">{t("auditPage.fact.reason")}</h3>
            <p className="whitespace-pre-wrap wrap-anywhere">{row.reason}</p>
          </div>
        )}
        {data === "{}" ? null : (
          <div className="min-w-0">
            <h3 className="text-xs text-ink-3">{t("auditPage.fact.data")}</h3>
            <pre
              // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
              tabIndex={0}
              className="figures max-h-96 overflow-auto rounded-md border border-line bg-surface p-2 text-xs whitespace-pre-wrap wrap-anywhere"
            >
              {data}
            </pre>
          </div>
        )}
      </div>
    </div>
  );
}

function Fact(props: { label: string; children: ReactNode }) {
  const t = useT();
  return (
    <>
      <dt className="text-xs leading-5 text-ink-3">{props.label}</dt>
      <dd className="figures min-w-0 text-xs leading-5 wrap-anywhere">
        {props.children ?? <span className="text-ink-3">{t("auditPage.noValue")}</span>}
      </dd>
    </>
  );
}
