"use client";
import { clsx } from "clsx";
import Link from "next/link";
import { Age, Moment } from "@/components/ui/age";
import { Panel } from "@/components/ui/panel";
import { useT } from "@/lib/client/i18n";
import { runbookPath, runPath } from "@/lib/client/paths";
import { PROOFS, type RunBoard } from "@/lib/domain/runbooks/run";
import { formatSpan } from "@/lib/format/duration";

/** What drills have proven on this cluster, and when. Never proven is said as such: it is not the same as well. */
export function ProvenPanel(props: { scope: string; board: RunBoard | null }) {
  const { scope, board } = props;
  const t = useT();
  return (
    <Panel title={t("runbooks.proven.title")}>
      <dl className="flex flex-col gap-3 text-sm">
        {PROOFS.map((proof) => {
          const last = board?.proven[proof] ?? null;
          const gapMs = board?.proven.failover?.gapMs ?? null;
          return (
            <div key={proof} data-proven={proof} data-at={last?.at ?? ""}>
              <dt className="text-xs font-medium text-ink-3">{t(`runbooks.proven.${proof}`)}</dt>
              <dd className="flex flex-wrap items-baseline gap-x-2">
                {board === null ? (
                  <span className="text-blind">{t("runbooks.notKnown")}</span>
                ) : last === null ? (
                  <>
                    <span className="font-medium text-warn">{t("runbooks.proven.never")}</span>
                    <Link
                      href={runbookPath(scope, `drill-${proof}`)}
                      prefetch={false}
                      className="text-accent hover:underline"
                    >
                      {t("runbooks.proven.drill")}
                    </Link>
                  </>
                ) : (
                  <>
                    <Link href={runPath(scope, last.runId)} prefetch={false} className="text-accent hover:underline">
                      <Moment at={last.at} />
                    </Link>
                    <Age at={last.at} className="text-xs text-ink-3" />
                    {proof === "restore" ? null : (
                      <span className={clsx("basis-full", gapMs === null && "text-blind")}>
                        {gapMs === null ? t("runbooks.noGap") : t("runbooks.gap", { gap: formatSpan(t, gapMs) })}
                      </span>
                    )}
                  </>
                )}
              </dd>
            </div>
          );
        })}
      </dl>
    </Panel>
  );
}
