"use client";
import { ProgressBar } from "@/components/backups/progress-bar";
import { StatusMark } from "@/components/status/status-mark";
import { useTrust } from "@/components/status/trust";
import { Lasting, Period } from "@/components/ui/age";
import { useT } from "@/lib/client/i18n";
import type { BackupSourceView } from "@/lib/domain/backups/view";
import { placeName } from "./source-title";

/** Whether a backup runs now, how far it is, and how the last one that we saw running ended. */
export function CourseLine(props: { source: BackupSourceView }) {
  const { running, runningKnown, ended } = props.source;
  const t = useT();
  const trust = useTrust(props.source.trust);
  return (
    <div className="flex flex-col gap-2 text-sm" data-course={running ? "running" : runningKnown ? "idle" : "unknown"}>
      {running ? (
        <div data-running={running.place}>
          <p className="flex flex-wrap items-baseline gap-x-2">
            <span className={trust === "fresh" ? "font-semibold text-accent" : "font-semibold text-blind"}>
              {t("backups.running", { place: placeName(t, running.place) })}
            </span>
            <span className="text-ink-2">
              {t(running.notBefore === null ? "backups.runningAtLeast" : "backups.runningFor")}{" "}
              <Lasting since={running.seenAt} />
            </span>
          </p>
          <ProgressBar label={t("backups.progress")} done={running.doneBytes} total={running.totalBytes} />
        </div>
      ) : (
        <p className={runningKnown && trust === "fresh" ? "text-ink-3" : "text-blind"}>
          {t(runningKnown && trust === "fresh" ? "backups.idle" : "backups.runningUnknown")}
        </p>
      )}
      {ended && !running ? (
        <p className="flex flex-wrap items-center gap-x-2 text-ink-2" data-ended={ended.outcome}>
          <StatusMark
            level={ended.outcome === "failed" ? "warn" : ended.outcome === "finished" ? "ok" : "info"}
            size={14}
          />
          <span className={ended.outcome === "failed" ? "font-medium text-warn" : ""}>
            {t(`backups.ended.${ended.outcome}`, { label: ended.label ?? "", place: placeName(t, ended.place) })}
          </span>
          <span className="text-ink-3">
            <Period from={ended.seenAt} to={ended.endedAt} />
          </span>
        </p>
      ) : null}
    </div>
  );
}
