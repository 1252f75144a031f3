"use client";
import { Moment, Period } from "@/components/ui/age";
import { useT } from "@/lib/client/i18n";
import { useAtTick } from "@/lib/client/use-live";
import { OPEN_STATES, type Operation, type OperationView } from "@/lib/domain/actions/operation";
import { formatBytes } from "@/lib/format/bytes";
import { formatAge, formatSpan } from "@/lib/format/duration";
import type { Translate } from "@/lib/format/message";
import { Facts } from "../impact/section";

/** How long an operation has been going on, or took; null before it began. */
export function Duration(props: { operation: OperationView }) {
  const { startedAt, createdAt, endedAt, state } = props.operation;
  const t = useT();
  const from = Date.parse(startedAt ?? createdAt);
  const ticking = useAtTick((now) => formatAge(t, now - from));
  if (endedAt !== null) return formatSpan(t, Date.parse(endedAt) - from);
  return state === "running" ? ticking : "–";
}

/** The write gap that was measured, in words; null: none was. */
export function gapText(t: Translate, operation: OperationView): string | null {
  return operation.writeGapMs === null ? null : formatSpan(t, operation.writeGapMs);
}

/** Who, why, when, how long, and what it cost. `recorded`: what only the record knows. */
export function OperationFacts(props: { operation: OperationView; recorded: Operation | null }) {
  const { operation: one, recorded } = props;
  const t = useT();
  const open = OPEN_STATES.has(one.state);
  const gap = gapText(t, one);
  const began = one.startedAt ?? one.createdAt;
  const leads = one.writeGapMs !== null || one.action === "switchover" || one.action === "failover";
  return (
    <Facts
      facts={[
        {
          label: t("operation.who"),
          value: (
            <>
              {one.actor}
              {recorded === null ? null : ` (${t(`user.role.${recorded.role}`)})`}
              {recorded?.from ? ` ${t("operation.from", { address: recorded.from })}` : null}
            </>
          ),
        },
        { label: t("operation.why"), value: <strong className="font-semibold">{one.reason}</strong> },
        ...(one.approvedBy === null ? [] : [{ label: t("operation.approvedBy"), value: one.approvedBy }]),
        {
          label: t("operation.when"),
          value: one.endedAt === null ? <Moment at={began} /> : <Period from={began} to={one.endedAt} />,
        },
        ...(open && one.state !== "scheduled"
          ? [
              {
                label: t("operation.deadline"),
                value: (
                  <>
                    <Moment at={one.deadlineAt} clockOnly />,{" "}
                    <span className="text-ink-3">
                      {one.state === "awaiting-approval"
                        ? t("operation.deadlineApproval")
                        : one.state === "running"
                          ? t("operation.deadlineRunning")
                          : null}
                    </span>
                  </>
                ),
              },
            ]
          : []),
        ...(leads && !open
          ? [
              {
                label: t("operation.gap"),
                value:
                  gap === null ? (
                    <span className="text-blind">{t("operation.gapNone")}</span>
                  ) : (
                    <>
                      <strong>{gap}</strong>{" "}
                      {one.writeGapBasis === null ? null : (
                        <span className="text-ink-3">{t(`operation.gapBasis.${one.writeGapBasis}`)}</span>
                      )}
                    </>
                  ),
              },
            ]
          : []),
        ...(one.progress === null
          ? []
          : [
              {
                label: t("operation.copied"),
                value:
                  one.progress.total === null
                    ? t("operation.progressOpen", { done: formatBytes(t, one.progress.done) })
                    : t("operation.progress", {
                        done: formatBytes(t, one.progress.done),
                        total: formatBytes(t, one.progress.total),
                      }),
              },
            ]),
        ...idList(t("operation.accepted"), recorded?.acknowledged),
        ...idList(t("operation.overridden"), recorded?.overridden),
      ]}
    />
  );
}

const idList = (label: string, ids: readonly string[] | undefined) =>
  ids === undefined || ids.length === 0
    ? []
    : [{ label, value: <span className="figures text-xs">{ids.join(", ")}</span> }];
