"use client";
import { clsx } from "clsx";
import Link from "next/link";
import { TabCounts } from "@/components/findings/severity-badges";
import { usePageStale } from "@/components/status/trust";
import { useT } from "@/lib/client/i18n";
import { CLUSTER_PAGES, type ClusterPageName, clusterPagePath } from "@/lib/client/paths";
import type { Finding } from "@/lib/domain/findings/finding";

/** The pages of one cluster. `findings`: those of the present picture, to be counted; null on one of the past. */
export function ClusterTabs(props: { scope: string; page: ClusterPageName; findings: readonly Finding[] | null }) {
  const t = useT();
  const stale = usePageStale();
  return (
    <nav aria-label={t("tabs.label")} className="-mx-3 overflow-x-auto px-3 sm:mx-0 sm:px-0 print:hidden">
      <ul className="flex min-w-max gap-1 border-b border-line">
        {CLUSTER_PAGES.map((page) => (
          <li key={page}>
            <Link
              href={clusterPagePath(props.scope, page)}
              prefetch={false}
              aria-current={page === props.page ? "page" : undefined}
              className={clsx(
                "-mb-px flex items-center gap-1.5 border-b-2 px-3 py-2 text-sm whitespace-nowrap",
                page === props.page
                  ? "border-accent font-semibold text-ink"
                  : "border-transparent text-ink-2 hover:border-line-strong hover:text-ink",
              )}
            >
              {t(`tabs.${page}`)}
              {page === "findings" && props.findings !== null ? (
                <TabCounts findings={props.findings} stale={stale} />
              ) : null}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
