"use client";
import { useT } from "@/lib/client/i18n";

/** The page's shape while there is nothing at all to show yet. */
export function ClusterSkeleton() {
  const t = useT();
  return (
    <div role="status" aria-label={t("cluster.firstLook")} className="flex flex-col gap-4">
      <p className="text-sm text-ink-2">{t("cluster.firstLook")}</p>
      <div className="grid grid-cols-1 gap-4 xl:grid-cols-12" aria-hidden="true">
        <div className="hatched h-48 rounded-lg border border-line xl:col-span-9" />
        <div className="hatched h-48 rounded-lg border border-line xl:col-span-3" />
        <div className="hatched h-96 rounded-lg border border-line xl:col-span-12" />
      </div>
    </div>
  );
}
