"use client";
import { useT } from "@/lib/client/i18n";
import { useAtTick } from "@/lib/client/use-live";
import type { Run } from "@/lib/domain/runbooks/run";
import { formatAge, formatDuration } from "@/lib/format/duration";

/** How long a run has been going on, or took, pauses and all. */
export function Elapsed(props: { run: Pick<Run, "startedAt" | "endedAt"> }) {
  const { startedAt, endedAt } = props.run;
  const t = useT();
  const from = Date.parse(startedAt);
  const ticking = useAtTick((now) => formatAge(t, now - from));
  return endedAt === null ? ticking : formatDuration(t, Date.parse(endedAt) - from);
}

/** How much of a wait is left, or by how much it is past its deadline. It stands still while the run is paused. */
export function DeadlineLeft(props: { deadlineAt: string; pausedAt: string | null }) {
  const t = useT();
  const deadline = Date.parse(props.deadlineAt);
  const pausedAt = props.pausedAt === null ? null : Date.parse(props.pausedAt);
  const text = useAtTick((now) => {
    const left = deadline - (pausedAt ?? now);
    return left > 0
      ? t("runbooks.left", { left: formatAge(t, left) })
      : t("runbooks.over", { over: formatAge(t, -left) });
  });
  const past = useAtTick((now) => (pausedAt ?? now) >= deadline);
  return <span className={past ? "font-semibold text-warn" : "font-medium text-ink"}>{text}</span>;
}
