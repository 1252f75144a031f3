"use client";
import { clsx } from "clsx";
import Link from "next/link";
import { LEVEL_OF_STATE, type Level } from "@/components/status/level";
import { StatusMark } from "@/components/status/status-mark";
import { usePageStale } from "@/components/status/trust";
import { Lasting } from "@/components/ui/age";
import { useT } from "@/lib/client/i18n";
import { clusterPath } from "@/lib/client/paths";
import type { Snapshot } from "@/lib/domain/snapshot";
import { messageText } from "@/lib/format/message";

const BOX: Readonly<Record<Level, string>> = {
  ok: "border-line bg-surface",
  info: "border-line bg-surface",
  warn: "border-warn-line bg-surface shadow-[inset_4px_0_0_var(--warn)]",
  crit: "border-crit-line bg-crit-soft shadow-[inset_6px_0_0_var(--crit)]",
  split: "on-solid border-crit-solid bg-crit-solid",
  blind: "hatched border-dashed border-blind-line bg-blind-soft",
};

/** The verdict in one line, on every page of a cluster that is not the overview: nobody works beside a fire unaware. */
export function VerdictStrip(props: { snapshot: Snapshot }) {
  const { scope, writePath } = props.snapshot;
  const t = useT();
  const stale = usePageStale();
  const level = stale ? "blind" : LEVEL_OF_STATE[writePath.state];
  return (
    <section
      aria-labelledby="verdict"
      data-level={level}
      className={clsx("flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg border px-4 py-2.5 text-sm", BOX[level])}
    >
      <StatusMark level={level} size={16} />
      <h2 id="verdict" className={clsx("min-w-0 font-semibold wrap-anywhere", stale && "text-ink-2")}>
        <Link href={clusterPath(scope)} className="hover:underline">
          {messageText(t, writePath.message)}
        </Link>
      </h2>
      <p className="text-ink-2">
        {stale ? (
          t("verdict.stale")
        ) : (
          <>
            {t("verdict.for")} <Lasting since={writePath.since} />
          </>
        )}
      </p>
    </section>
  );
}
