"use client";
import { useMemo, useState } from "react";
import { NextFailureSection } from "@/components/next-failure/next-failure-section";
import { SourceDrawer } from "@/components/sources/source-drawer";
import { ViewTabs } from "@/components/ui/view-tabs";
import { useT } from "@/lib/client/i18n";
import { findingTrees } from "@/lib/domain/findings/tree";
import type { Snapshot } from "@/lib/domain/snapshot";
import { VIEWS } from "./filter";
import { FindingContext } from "./finding-context";
import { FindingsList } from "./findings-list";
import { useFindingFilter } from "./use-finding-filter";

/** What is wrong with a cluster, or what the next failure would do to it. */
export function FindingsContent(props: { snapshot: Snapshot }) {
  const { snapshot } = props;
  const t = useT();
  const { scope, findings, sources, attention } = snapshot;
  const [filter, setFilter] = useFindingFilter(scope);
  const [sourceIds, setSourceIds] = useState<readonly string[] | null>(null);
  const trees = useMemo(() => findingTrees(findings), [findings]);
  const surroundings = useMemo(
    () => ({ scope, sources, attention, onSource: setSourceIds }),
    [scope, sources, attention],
  );
  return (
    <FindingContext value={surroundings}>
      <ViewTabs
        label={t("findings.view.label")}
        views={VIEWS}
        view={filter.view}
        nameOf={(view) => t(`findings.view.${view}`)}
        onView={(view) => setFilter({ ...filter, view })}
      />
      {filter.view === "list" ? (
        <FindingsList trees={trees} writePath={snapshot.writePath} filter={filter} onFilter={setFilter} />
      ) : (
        <NextFailureSection snapshot={snapshot} />
      )}
      {sourceIds === null ? null : (
        <SourceDrawer scope={scope} ids={sourceIds} sources={sources} onClose={() => setSourceIds(null)} />
      )}
    </FindingContext>
  );
}
