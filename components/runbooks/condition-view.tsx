"use client";
import { useT } from "@/lib/client/i18n";
import type { Condition } from "@/lib/domain/runbooks/condition";
import { type Reading, readingsOf } from "@/lib/domain/runbooks/readings";
import { formatBytes } from "@/lib/format/bytes";
import { formatDuration } from "@/lib/format/duration";
import type { Translate } from "@/lib/format/message";
import { formatNumber } from "@/lib/format/number";
import { useFillGround, useJudge } from "./fill-scope";
import { JudgedMark } from "./judged-mark";

/** A condition with what it comes to by the live picture, and each fact that it rests on as it is now. `needed`: it ought to be true already. */
export function ConditionView(props: { condition: Condition; needed?: boolean }) {
  const { condition } = props;
  const t = useT();
  const judge = useJudge();
  return (
    <div className="flex flex-col gap-1.5 text-sm" data-condition="">
      <JudgedMark judged={judge(condition)} needed={props.needed ?? false} />
      <Readings condition={condition} />
      <details className="text-xs text-ink-2">
        <summary className="w-fit cursor-pointer text-ink-3 hover:text-ink">{t("runbooks.condition")}</summary>
        <code className="figures mt-1 block rounded-md border border-line bg-raised px-2 py-1 wrap-anywhere">
          {condition.source}
        </code>
      </details>
    </div>
  );
}

function Readings(props: { condition: Condition }) {
  const t = useT();
  const ground = useFillGround();
  if (ground === null) return null;
  const readings = readingsOf(props.condition, ground);
  if (readings.length === 0) return null;
  return (
    <ul className="flex flex-wrap gap-1.5" aria-label={t("runbooks.readings")}>
      {readings.map((reading) => (
        <li
          key={`${reading.fact} ${reading.member} ${reading.argument}`}
          className="max-w-full rounded-sm border border-line bg-surface px-1.5 text-xs wrap-anywhere"
        >
          <span className="figures text-ink-2">{nameOf(reading)}</span>{" "}
          {reading.value.known ? (
            <span className="font-medium">{valueText(t, reading)}</span>
          ) : (
            <span className="font-medium text-blind">{partlyKnown(t, reading)}</span>
          )}
        </li>
      ))}
    </ul>
  );
}

const nameOf = ({ fact, member, argument }: Reading): string => {
  const inner = member ?? argument;
  return inner === null ? fact : `${fact}(${inner})`;
};

function valueText(t: Translate, { value, type }: Reading): string {
  if (!value.known) return t("runbooks.notKnown");
  if (value.value === null) return t("runbooks.nobody");
  if (typeof value.value === "boolean") return t(value.value ? "runbooks.yes" : "runbooks.no");
  if (typeof value.value === "string") return value.value;
  return numberOf(t, value.value, type);
}

function numberOf(t: Translate, value: number, type: Reading["type"]): string {
  const unit = type.type === "number" ? type.unit : "count";
  if (unit === "bytes") return formatBytes(t, value);
  return unit === "ms" ? formatDuration(t, value) : formatNumber(t.locale, value);
}

/** A count that is known in part says so much as it knows. */
function partlyKnown(t: Translate, { value, type }: Reading): string {
  if (value.known || value.least === null || value.least === 0) return t("runbooks.notKnown");
  return t("runbooks.atLeast", { value: numberOf(t, value.least, type) });
}
