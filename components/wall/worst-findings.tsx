"use client";
import { textOf } from "@/components/findings/texts";
import { LEVEL_OF_SEVERITY, TEXT_OF_LEVEL } from "@/components/status/level";
import { StatusMark } from "@/components/status/status-mark";
import { usePageStale } from "@/components/status/trust";
import { Lasting } from "@/components/ui/age";
import { useT } from "@/lib/client/i18n";
import type { Snapshot } from "@/lib/domain/snapshot";
import { gravestOf } from "./standing";

/**
 * The worst that was found, at most `most`, each with how long it has lasted; and how many more there are. `said`: the sentence that stands
 * above already, and need not be told twice.
 */
export function WorstFindings(props: { snapshot: Snapshot; said: string; most: number }) {
  const t = useT();
  const stale = usePageStale();
  const trees = gravestOf(props.snapshot.findings).filter(({ finding }) => textOf(t, finding) !== props.said);
  if (trees.length === 0) return null;
  const shown = trees.slice(0, props.most);
  const more = trees.length - shown.length;
  return (
    <ul className="wall-findings">
      {shown.map(({ finding, worst }, i) => {
        const level = stale ? "blind" : LEVEL_OF_SEVERITY[worst];
        return (
          <li key={finding.id} data-finding={finding.id} data-level={level} className={TEXT_OF_LEVEL[level]}>
            <StatusMark level={level} className="wall-mark" />
            <span className="wall-finding-text">{textOf(t, finding)}</span>
            <span className="wall-finding-age wall-aside">
              <Lasting since={finding.since} />
            </span>
            {more > 0 && i === shown.length - 1 ? (
              <span className="wall-more">{t("wall.moreFindings", { count: more })}</span>
            ) : null}
          </li>
        );
      })}
    </ul>
  );
}
