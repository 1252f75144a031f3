"use client";
import { clsx } from "clsx";
import { memo } from "react";
import { LEVEL_OF_STATE, type Level } from "@/components/status/level";
import { StatusMark } from "@/components/status/status-mark";
import { usePageStale } from "@/components/status/trust";
import { votesText } from "@/components/status/votes";
import { Age, Lasting } from "@/components/ui/age";
import { useT } from "@/lib/client/i18n";
import type { WritePath } from "@/lib/domain/snapshot";
import { messageText } from "@/lib/format/message";
import { WitnessList } from "./witness-list";

const BOX: Readonly<Record<Level, string>> = {
  ok: "border-line bg-surface",
  info: "border-line bg-surface",
  warn: "border-warn-line bg-surface shadow-[inset_4px_0_0_var(--warn)]",
  crit: "border-crit-line bg-crit-soft shadow-[inset_6px_0_0_var(--crit)]",
  split: "on-solid border-crit-solid bg-crit-solid",
  blind: "hatched border-dashed border-blind-line bg-blind-soft",
};

/** Who takes writes now, in one sentence, with everything that it rests on. The first thing that anybody reads. */
export const VerdictBanner = memo(function VerdictBanner(props: {
  writePath: WritePath;
  onSource: (ids: readonly string[]) => void;
}) {
  const { writePath } = props;
  const t = useT();
  const stale = usePageStale();
  const level = stale ? "blind" : LEVEL_OF_STATE[writePath.state];
  return (
    <section aria-labelledby="verdict" className={clsx("rounded-lg border", BOX[level])} data-level={level}>
      <div className="flex h-full flex-col gap-x-8 gap-y-4 p-5 md:flex-row">
        <div className="flex min-w-0 flex-1 flex-col md:min-h-40">
          <p className="flex items-center gap-2 text-sm font-semibold text-ink-2">
            <StatusMark level={level} size={18} />
            <span>{stale ? t("state.stale") : t(`state.${writePath.state}`)}</span>
          </p>
          <h2
            id="verdict"
            className={clsx(
              "mt-2 text-verdict font-semibold tracking-[-0.022em] text-balance wrap-anywhere",
              stale && "text-ink-2",
            )}
          >
            {messageText(t, writePath.message)}
          </h2>
          {stale ? <p className="mt-1 text-blind text-sm font-medium">{t("verdict.stale")}</p> : null}
          <Support writePath={writePath} />
        </div>
        <WitnessList witnesses={writePath.witnesses} onSource={props.onSource} />
      </div>
    </section>
  );
});

function Support(props: { writePath: WritePath }) {
  const { since, asOf } = props.writePath;
  const t = useT();
  const stale = usePageStale();
  return (
    <p className="mt-auto flex flex-wrap gap-x-4 gap-y-0.5 pt-4 text-sm text-ink-2">
      <span className="font-medium">{votesText(t, props.writePath, !stale)}</span>
      <span>
        {t("verdict.for")} <Lasting since={since} />
      </span>
      {asOf === null ? null : (
        <span>
          {t("verdict.asOf")} <Age at={asOf} />
        </span>
      )}
    </p>
  );
}
