"use client";
import { clsx } from "clsx";
import type { ReactNode } from "react";
import { isProduction } from "@/components/ui/badge";
import { useT } from "@/lib/client/i18n";
import { useClusterNames } from "@/lib/client/live-provider";
import { useCluster } from "@/lib/client/use-live";

/**
 * Which cluster is about to be acted on, larger than anything else. Production is a solid band with striped edges and its word in capitals,
 * which nothing else in the house has: it is told without colour too.
 */
export function ClusterBand(props: { scope: string; children?: ReactNode }) {
  const { scope } = props;
  const t = useT();
  const names = useClusterNames();
  const { snapshot } = useCluster(scope);
  const known = snapshot ?? names.find((one) => one.scope === scope);
  const environment = known?.environment ?? null;
  const production = isProduction(environment);
  return (
    <div
      data-production={production}
      className={clsx("shrink-0", production ? "bg-production text-production-ink" : "border-b border-line bg-raised")}
    >
      {production ? <Stripes /> : null}
      <div className="flex items-start gap-3 px-4 py-2.5 sm:px-6">
        <div className="min-w-0 flex-1">
          <p className="flex flex-wrap items-center gap-x-3 gap-y-0.5">
            <span className="text-verdict font-semibold tracking-[-0.02em] wrap-anywhere">{known?.title ?? scope}</span>
            {production ? (
              <span className="inline-flex items-center gap-2 border-2 border-current px-2 text-base font-extrabold tracking-[0.12em] whitespace-nowrap">
                <svg aria-hidden="true" width="16" height="16" viewBox="0 0 16 16">
                  <path d="M8 .8 15.4 14.6H.6Z" fill="currentColor" />
                  <path d="M8 5.6v4.4M8 12.2v.2" stroke="var(--production)" strokeWidth="1.9" strokeLinecap="round" />
                </svg>
                {t("actionDialog.production")}
              </span>
            ) : (
              <span className="rounded-sm border border-line-strong px-2 text-base font-medium text-ink-2 wrap-anywhere">
                {environment ?? t("actionDialog.noEnvironment")}
              </span>
            )}
          </p>
          <p className={clsx("text-base", production ? "opacity-90" : "text-ink-2")}>
            {t("actionDialog.scope")} <span className="figures text-lg font-semibold wrap-anywhere">{scope}</span>
          </p>
        </div>
        {props.children}
      </div>
      {production ? <Stripes /> : null}
    </div>
  );
}

function Stripes() {
  return (
    <div
      aria-hidden="true"
      className="h-2 bg-[repeating-linear-gradient(-45deg,var(--warn)_0_12px,var(--production)_12px_24px)]"
    />
  );
}
