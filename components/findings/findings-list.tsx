"use client";
import { useEffect, useRef, useState } from "react";
import { usePageStale } from "@/components/status/trust";
import { useT } from "@/lib/client/i18n";
import type { FindingTree } from "@/lib/domain/findings/tree";
import type { WritePath } from "@/lib/domain/snapshot";
import { type FindingFilter, isNarrow, matches } from "./filter";
import { FilterBar } from "./filter-bar";
import { FindingItem } from "./finding-item";
import { nothingWord } from "./nothing-word";

/** All findings of a cluster that are asked for, each to be opened, or all at once. */
export function FindingsList(props: {
  trees: readonly FindingTree[];
  writePath: Pick<WritePath, "state">;
  filter: FindingFilter;
  onFilter: (filter: FindingFilter) => void;
}) {
  const { trees, filter } = props;
  const t = useT();
  const stale = usePageStale();
  // Counts up with each press, so that all are drawn anew, open or closed, whatever was opened by hand.
  const [all, setAll] = useState({ open: false, serial: 0 });
  const shown = trees.filter((tree) => matches(tree, filter));
  const list = useLinked(filter.finding);
  return (
    <section
      aria-label={t("findings.title")}
      className="flex flex-col gap-3 rounded-lg border border-line bg-surface px-4 py-3"
    >
      {trees.length === 0 ? null : <FilterBar filter={filter} trees={trees} onChange={props.onFilter} />}
      {stale && trees.length > 0 ? <p className="text-sm font-medium text-blind">{t("findings.asLastSeen")}</p> : null}
      {shown.length === 0 ? (
        <p className="py-6 text-center text-sm text-ink-2">
          {isNarrow(filter) && trees.length > 0 ? t("findings.noneMatch") : t(nothingWord(stale, props.writePath))}
        </p>
      ) : (
        <>
          <div className="flex items-center justify-between gap-4 border-t border-line pt-2 text-xs text-ink-3">
            <p>{t("findings.shown", { count: shown.length, of: trees.length })}</p>
            <button
              type="button"
              onClick={() => setAll(({ open, serial }) => ({ open: !open, serial: serial + 1 }))}
              className="rounded-md px-1.5 py-1 text-accent hover:bg-raised"
            >
              {all.open ? t("findings.closeAll") : t("findings.openAll")}
            </button>
          </div>
          <ul ref={list} className="flex flex-col divide-y divide-line *:py-3">
            {shown.map((tree) => (
              <FindingItem
                key={`${all.serial} ${tree.finding.id}`}
                tree={tree}
                full
                open={all.open}
                linked={filter.finding}
              />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

/** Brings the finding that a link led to into sight, once. */
function useLinked(id: string) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    if (id === "") return;
    const drawn = [...(list.current?.querySelectorAll<HTMLElement>("[data-finding]") ?? [])];
    drawn.find(({ dataset }) => dataset.finding === id)?.scrollIntoView({ block: "center" });
  }, [id]);
  return list;
}
