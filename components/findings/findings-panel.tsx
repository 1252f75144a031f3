"use client";
import Link from "next/link";
import { memo, useMemo } from "react";
import { NextFailureLine } from "@/components/next-failure/next-failure-line";
import { usePageStale } from "@/components/status/trust";
import { Nothing, Panel } from "@/components/ui/panel";
import { useT } from "@/lib/client/i18n";
import { clusterPagePath } from "@/lib/client/paths";
import { findingTrees } from "@/lib/domain/findings/tree";
import type { Snapshot } from "@/lib/domain/snapshot";
import { FindingContext } from "./finding-context";
import { FindingItem } from "./finding-item";
import { nothingWord } from "./nothing-word";

/** What deviates, the worst first, each with what follows from it beneath. */
export const FindingsPanel = memo(function FindingsPanel(props: {
  snapshot: Snapshot;
  onSource: (ids: readonly string[]) => void;
}) {
  const { snapshot, onSource } = props;
  const { scope, findings, sources, attention, writePath } = snapshot;
  const t = useT();
  const stale = usePageStale();
  const trees = useMemo(() => findingTrees(findings), [findings]);
  const surroundings = useMemo(() => ({ scope, sources, attention, onSource }), [scope, sources, attention, onSource]);
  return (
    <Panel
      title={t("findings.title")}
      aside={
        <Link href={clusterPagePath(scope, "findings")} prefetch={false} className="text-accent hover:underline">
          {trees.length === 0 ? t("findings.open") : t("findings.all", { count: trees.length })}
        </Link>
      }
    >
      <FindingContext value={surroundings}>
        {trees.length === 0 ? (
          <Nothing>{t(nothingWord(stale, writePath))}</Nothing>
        ) : (
          <>
            {stale ? <p className="mb-2 text-xs font-medium text-blind">{t("findings.asLastSeen")}</p> : null}
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by the keyboard */}
            <ul tabIndex={0} className="fade-end -mb-2 flex max-h-72 flex-col gap-2.5 overflow-y-auto pb-5">
              {trees.map((tree) => (
                <FindingItem key={tree.finding.id} tree={tree} />
              ))}
            </ul>
          </>
        )}
        <NextFailureLine snapshot={snapshot} />
      </FindingContext>
    </Panel>
  );
});
