import type { WriteGapsAnswer } from "@/lib/contract/record";
import type { EventKind, EventSeverity, StoredEvent } from "@/lib/domain/events/event";
import type { Message } from "@/lib/domain/message";
import type { Span } from "./plot-data";

/** What happened to the cluster, as it is drawn into its charts. */

export const MARK_GROUPS = ["leader", "restart", "vip", "backup", "member", "configuration", "dashboard"] as const;
export type MarkGroup = (typeof MARK_GROUPS)[number];

export type Mark = {
  readonly id: number;
  /** Epoch ms. */
  readonly at: number;
  /** ISO 8601, as it leads to the picture of that moment. */
  readonly instant: string;
  readonly group: MarkGroup;
  readonly severity: EventSeverity;
  readonly text: Message;
};

/** Kinds that are drawn. The rest would say the same twice (role and timeline beside leader), or belongs on the history page. */
const GROUP_OF_KIND: Partial<Record<EventKind, MarkGroup>> = {
  leader: "leader",
  history: "leader",
  handover: "leader",
  state: "restart",
  vip: "vip",
  backup: "backup",
  archiving: "backup",
  "member-joined": "member",
  "member-left": "member",
  configuration: "configuration",
  pause: "configuration",
  dashboard: "dashboard",
};

/** Marks within the window, oldest first. */
export function marksOf(events: readonly StoredEvent[], { from, to }: Span): readonly Mark[] {
  return events
    .flatMap(({ id, at: instant, kind, severity, text }): Mark[] => {
      const group = GROUP_OF_KIND[kind];
      const at = Date.parse(instant);
      return group && at >= from && at <= to ? [{ id, at, instant, group, severity, text }] : [];
    })
    .sort((a, b) => a.at - b.at || a.id - b.id);
}

/** Marks that stand too close to be told apart; the gravest of them is drawn. */
export type MarkCluster = { readonly at: number; readonly marks: readonly Mark[]; readonly first: Mark };

const RANK: Readonly<Record<EventSeverity, number>> = { critical: 0, warn: 1, notice: 2, info: 3 };
const gravest = (marks: readonly [Mark, ...Mark[]]): Mark =>
  marks.reduce((worst, mark) => (RANK[mark.severity] < RANK[worst.severity] ? mark : worst), marks[0]);

/** Joins marks that are less than `nearMs` after the first of their cluster. */
export function clusterMarks(marks: readonly Mark[], nearMs: number): readonly MarkCluster[] {
  const groups: [Mark, ...Mark[]][] = [];
  for (const mark of marks) {
    const last = groups.at(-1);
    if (last && mark.at - last[0].at <= nearMs) last.push(mark);
    else groups.push([mark]);
  }
  return groups.map((group) => ({ at: group[0].at, marks: group, first: gravest(group) }));
}

/** A write gap as a stretch of the window; `open` while it lasts. */
export type GapSpan = Span & {
  readonly id: string;
  readonly startedAt: string;
  readonly lengthMs: number;
  readonly open: boolean;
};

/** `now` ends a gap that lasts. */
export function gapSpans(gaps: WriteGapsAnswer["gaps"], window: Span, now: number): readonly GapSpan[] {
  return gaps.flatMap((gap) => {
    const from = Date.parse(gap.startedAt);
    const to = gap.endedAt === null ? now : Date.parse(gap.endedAt);
    if (to < window.from || from > window.to) return [];
    return [{ id: gap.startedAt, startedAt: gap.startedAt, from, to, lengthMs: to - from, open: gap.endedAt === null }];
  });
}
