"use client";
import type { ReactNode } from "react";
import { StatusMark } from "@/components/status/status-mark";
import { Age, Moment } from "@/components/ui/age";
import { Nothing } from "@/components/ui/panel";
import { useT } from "@/lib/client/i18n";
import type { Read } from "@/lib/client/series-query";
import type { SeriesAnswer } from "@/lib/contract/series";

/** What there is to say of a chart's data: on its way, none, or not to be had and how old is what is shown. */
export function ChartState(props: {
  read: Read<SeriesAnswer>;
  empty: boolean;
  /** False while the chart is out of sight, and nothing is asked for it. */
  asked: boolean;
}) {
  const { read, empty } = props;
  const t = useT();
  if (read.problem !== null) {
    return (
      <Line level="blind">
        <span className="font-medium text-blind">
          {t(read.problem.kind === "unavailable" ? "charts.storeFailing" : `problem.${read.problem.kind}`)}
        </span>{" "}
        {read.problem.detail === null ? null : <span className="wrap-anywhere">{read.problem.detail} </span>}
        {read.at === null ? null : (
          <span>
            {t("charts.shownIsFrom")} <Age at={new Date(read.at).toISOString()} />
          </span>
        )}
      </Line>
    );
  }
  if (read.value === null) return props.asked ? <Skeleton /> : <div className="h-52" />;
  if (empty) return <Empty since={read.value.recordedSince} />;
  return read.waiting ? <Line level={null}>{t("charts.loadingRange")}</Line> : null;
}

function Line(props: { level: "blind" | null; children: ReactNode }) {
  return (
    <p role="status" className="mb-1 flex gap-1.5 text-xs text-ink-2">
      {props.level === null ? null : <StatusMark level={props.level} size={14} className="mt-0.5" />}
      <span className="min-w-0">{props.children}</span>
    </p>
  );
}

function Skeleton() {
  const t = useT();
  return (
    <div role="status" className="flex h-52 items-center justify-center rounded-md border border-line">
      <span className="text-xs text-ink-2">{t("charts.loading")}</span>
    </div>
  );
}

function Empty(props: { since: string | null }) {
  const t = useT();
  return (
    <div className="hatched flex h-52 flex-col items-center justify-center rounded-md border border-dashed border-line-strong px-4 text-center">
      <Nothing>{t("charts.empty")}</Nothing>
      {props.since === null ? null : (
        <p className="text-xs text-ink-3">
          {t("charts.recordedSince")} <Moment at={props.since} />
        </p>
      )}
    </div>
  );
}
