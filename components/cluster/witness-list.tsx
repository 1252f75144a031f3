"use client";
import { clsx } from "clsx";
import { memo } from "react";
import { type Level, TEXT_OF_LEVEL } from "@/components/status/level";
import { StatusMark } from "@/components/status/status-mark";
import { usePageStale } from "@/components/status/trust";
import { Age } from "@/components/ui/age";
import { useT } from "@/lib/client/i18n";
import type { Witness } from "@/lib/domain/snapshot";
import { messageText } from "@/lib/format/message";

const ORDER: Readonly<Record<Witness["verdict"], number>> = { disagree: 0, silent: 1, agree: 2, "n/a": 3 };
const LEVEL: Readonly<Record<Witness["verdict"], Level>> = {
  disagree: "crit",
  silent: "blind",
  agree: "ok",
  "n/a": "info",
};

/** What each layer says, the disagreeing ones first; each leads to the raw answer behind it. */
export function WitnessList(props: {
  witnesses: readonly Witness[];
  onSource: (ids: readonly string[]) => void;
  className?: string;
}) {
  const t = useT();
  const sorted = props.witnesses.toSorted((a, b) => ORDER[a.verdict] - ORDER[b.verdict]);
  return (
    <ul
      aria-label={t("verdict.witnesses")}
      className={clsx("flex min-w-0 flex-col self-start md:w-[min(27rem,48%)]", props.className)}
    >
      {sorted.map((witness) => (
        <WitnessRow key={witness.layer} witness={witness} onSource={props.onSource} />
      ))}
    </ul>
  );
}

const WitnessRow = memo(function WitnessRow(props: { witness: Witness; onSource: (ids: readonly string[]) => void }) {
  const { layer, verdict, text, at, sourceIds } = props.witness;
  const t = useT();
  const stale = usePageStale();
  const shown = stale && verdict !== "n/a" ? "silent" : verdict;
  const level = LEVEL[shown];
  const body = (
    <>
      <StatusMark level={level} size={14} className={clsx("mt-[3px]", shown === "n/a" && "opacity-50")} />
      <span className="w-22 shrink-0 font-medium max-sm:flex-1">{t(`layer.${layer}`)}</span>
      <span className="min-w-0 flex-1 wrap-anywhere max-sm:order-last max-sm:basis-full max-sm:pl-5.5">
        <span className={clsx(shown === "agree" ? "sr-only" : `${TEXT_OF_LEVEL[level]} font-medium`)}>
          {t(`witness.${shown}`)}
          {": "}
        </span>
        <span className="text-ink-2">{messageText(t, text)}</span>
      </span>
      {verdict === "n/a" ? null : <Age at={at} className="min-w-14 shrink-0 text-right text-xs leading-5 text-ink-3" />}
    </>
  );
  const row =
    "flex w-full items-start gap-x-2 rounded-md px-2 py-1 text-left text-sm leading-5 max-sm:flex-wrap max-sm:px-0";
  return (
    <li data-witness={layer} data-verdict={shown}>
      {sourceIds.length > 0 ? (
        <button type="button" className={clsx(row, "hover:bg-raised")} onClick={() => props.onSource(sourceIds)}>
          {body}
        </button>
      ) : (
        <div className={row}>{body}</div>
      )}
    </li>
  );
});
