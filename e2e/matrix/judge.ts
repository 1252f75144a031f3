import type { Finding, Severity } from "@/lib/domain/findings/finding";
import type { Cast } from "./cast";
import type { Allowed, Wanted } from "./fault";

/** One picture's findings as they reached us; `at` in ms since 1970. */
export type Seen = {
  readonly at: number;
  readonly findings: readonly Pick<Finding, "id" | "rule" | "severity" | "under">[];
};

export type Course = {
  /** The fault took effect, its repair was begun, and the dashboard was no longer looked at. */
  readonly beganAt: number;
  readonly repairedAt: number;
  readonly endedAt: number;
  /** Findings that were there before anything was done. */
  readonly before: ReadonlySet<string>;
};

/** `null`: it never showed, or never went. */
export type Shown = {
  readonly wanted: Wanted;
  readonly shownMs: number | null;
  readonly clearedMs: number | null;
  /** How often one and the same came: more than once, and it flickers. */
  readonly times: number;
};

export type Other = {
  readonly id: string;
  readonly severity: Severity;
  readonly when: "fault" | "repair";
  /** The finding that it was folded under when it first showed. */
  readonly under: string | null;
  readonly lastedMs: number;
  /** Null: nobody said why it would be true. */
  readonly because: string | null;
};

export type Judgement = {
  readonly shown: readonly Shown[];
  readonly others: readonly Other[];
  /** Still there at the end. */
  readonly left: readonly string[];
  readonly good: boolean;
};

export type Terms = {
  readonly wanted: readonly Wanted[];
  readonly allowed: readonly Allowed[];
  readonly lingering: readonly Wanted[];
  readonly cast: Cast;
};

/** What the findings were, against what was wanted of them. */
export function judge(seen: readonly Seen[], course: Course, { wanted, allowed, lingering, cast }: Terms): Judgement {
  const during = seen.filter(({ at }) => at >= course.beganAt && at <= course.endedAt);
  const matches = wanted.map((one) => ({ wanted: one, fits: matcher(one, cast) }));
  const reasons = allowed.map(({ finding, because }) => ({ because, fits: matcher(finding, cast) }));
  const spans = spansOf(during).filter(({ id }) => !course.before.has(id));
  const expected = (id: string) => matches.some(({ fits }) => fits(id));
  const shown = matches.map(({ wanted: one, fits }): Shown => {
    const own = spans.filter(({ id }) => fits(id));
    const first = Math.min(...own.map(({ from }) => from));
    const open = own.some(({ to }) => to === null);
    const last = Math.max(...own.map(({ to }) => to ?? 0));
    return {
      wanted: one,
      shownMs: own.length > 0 && first <= course.repairedAt ? first - course.beganAt : null,
      clearedMs: own.length === 0 || open ? null : last - course.repairedAt,
      times: Math.max(0, ...own.map((span) => span.times)),
    };
  });
  const others = spans
    .filter(({ id }) => !expected(id))
    .map(({ id, severity, under, from, to }): Other => {
      const folded =
        under !== null && severity !== "critical" && expected(under) ? "follows from what was wanted" : null;
      const because = reasons.find(({ fits }) => fits(id))?.because ?? folded;
      const when = from <= course.repairedAt ? "fault" : "repair";
      return { id, severity, under, when, lastedMs: (to ?? course.endedAt) - from, because };
    });
  const stays = lingering.map((one) => matcher(one, cast));
  const left = spans.filter(({ id, to }) => to === null && !stays.some((fits) => fits(id))).map(({ id }) => id);
  const good =
    shown.every(
      ({ wanted: one, shownMs, clearedMs }) => shownMs !== null && (clearedMs !== null || lingering.includes(one)),
    ) &&
    others.every(({ because }) => because !== null) &&
    left.length === 0;
  return { shown, others, left, good };
}

type Span = { id: string; severity: Severity; under: string | null; from: number; to: number | null; times: number };

/** From its first picture to the first one without it after its last; the worst that it was. */
function spansOf(seen: readonly Seen[]): Span[] {
  const spans = new Map<string, Span>();
  for (const { at, findings } of seen) {
    const here = new Set(findings.map(({ id }) => id));
    for (const { id, severity, under } of findings) {
      const span = spans.get(id);
      if (!span) spans.set(id, { id, severity, under, from: at, to: null, times: 1 });
      else {
        if (span.to !== null) span.times += 1;
        span.to = null;
        if (severity === "critical") span.severity = severity;
      }
    }
    for (const span of spans.values()) if (!here.has(span.id)) span.to ??= at;
  }
  return [...spans.values()];
}

const escaped = (text: string): string => text.replace(/[.+?^${}()|[\]\\]/g, "\\$&");

/** Whether an id is meant by a {@link Wanted}. */
export function matcher(wanted: Wanted, cast: Cast): (id: string) => boolean {
  const text = wanted.replace(/\{(leader|replica|other)\}/g, (_, who: keyof Cast) => cast[who]);
  const exact = new RegExp(`^${escaped(text).replaceAll("*", ".*")}$`);
  return /[:/*]/.test(text) ? (id) => exact.test(id) : (id) => id.split(/[:/]/)[0] === text;
}
