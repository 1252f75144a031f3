"use client";
import { PageNotice } from "@/components/ui/page-notice";
import { useT } from "@/lib/client/i18n";

/** A fault of our own. What is shown says nothing about the clusters, and says so. */
export default function ErrorPage(props: { error: Error & { digest?: string }; reset: () => void }) {
  const t = useT();
  return (
    <main>
      <PageNotice level="crit" title={t("fault.title")} text={t("fault.text", { digest: props.error.digest ?? "–" })}>
        <button
          type="button"
          onClick={props.reset}
          className="rounded-md border border-line-strong px-3 py-1.5 text-sm hover:bg-raised"
        >
          {t("fault.again")}
        </button>
      </PageNotice>
    </main>
  );
}
