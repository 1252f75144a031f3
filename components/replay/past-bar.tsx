"use client";
import { History } from "lucide-react";
import Link from "next/link";
import { LEVEL_OF_STATE } from "@/components/status/level";
import { StatusMark } from "@/components/status/status-mark";
import { Moment } from "@/components/ui/age";
import { useT } from "@/lib/client/i18n";
import { clusterPath } from "@/lib/client/paths";
import { useCluster } from "@/lib/client/use-live";
import { messageText } from "@/lib/format/message";

/** Says that nothing below is now. Inverted, unlike anything on a live page; stays in sight when one scrolls. */
export function PastBar(props: { scope: string; at: string | null; pending: boolean }) {
  const t = useT();
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1 rounded-t-md bg-ink px-4 py-2 text-canvas">
      <p className="flex min-w-0 flex-wrap items-center gap-x-2.5 font-semibold">
        <History size={17} aria-hidden="true" className="shrink-0" />
        <span className="tracking-wide uppercase" data-past-title>
          {props.at === null ? t("replay.noPicture") : t("replay.pictureOf")}{" "}
          {props.at === null ? null : <Moment at={props.at} />}
        </span>
        <span className="font-normal">{t("replay.notLive")}</span>
        <span aria-hidden="true" className={props.pending ? "text-xs font-normal" : "invisible text-xs font-normal"}>
          {t("replay.loading")}
        </span>
      </p>
      <Link
        href={clusterPath(props.scope)}
        className="ml-auto rounded-md border border-canvas/50 px-2.5 py-0.5 text-sm font-medium hover:bg-canvas hover:text-ink"
      >
        {t("replay.backToLive")}
      </Link>
    </div>
  );
}

/** The live verdict in one small line, only while something burns: nobody studies the past beside a fire unaware. */
export function NowBurning(props: { scope: string }) {
  const t = useT();
  const { snapshot, stale } = useCluster(props.scope);
  if (!snapshot || (!stale && snapshot.writePath.state === "ok")) return null;
  const level = stale ? "blind" : LEVEL_OF_STATE[snapshot.writePath.state];
  return (
    <p
      role="status"
      className="flex items-center gap-2 border-x border-b border-line-strong bg-surface px-4 py-1 text-sm"
    >
      <StatusMark level={level} size={14} />
      <span className="font-semibold">{t("replay.rightNow")}</span>
      <Link href={clusterPath(props.scope)} className="min-w-0 wrap-anywhere underline underline-offset-4">
        {stale ? t("replay.nowStale") : messageText(t, snapshot.writePath.message)}
      </Link>
    </p>
  );
}
