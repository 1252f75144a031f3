"use client";
import { Lasting } from "@/components/ui/age";
import { Nothing, Panel } from "@/components/ui/panel";
import { useT } from "@/lib/client/i18n";
import type { BackupsView } from "@/lib/domain/backups/view";
import { ProgressBar } from "./progress-bar";

/** Base backups that stream from members now; a replica that Patroni makes is one of them. */
export function StreamsPanel(props: { streams: BackupsView["streams"]; asked: boolean }) {
  const { streams, asked } = props;
  const t = useT();
  return (
    <Panel title={t("backups.streams.title")}>
      {streams.length === 0 ? (
        <Nothing>{t(asked ? "backups.streams.none" : "backups.streams.notAsked")}</Nothing>
      ) : (
        <ul className="flex flex-col gap-3">
          {streams.map((stream) => (
            <li key={`${stream.member} ${stream.pid}`} data-stream={stream.member} className="text-sm">
              <p className="wrap-anywhere">
                <span className="font-medium">{stream.member}</span> → {stream.application ?? stream.client ?? "?"}{" "}
                {stream.startedAt === null ? null : (
                  <span className="text-ink-3">
                    <Lasting since={stream.startedAt} />
                  </span>
                )}
              </p>
              <p className="text-xs text-ink-3">{stream.phase}</p>
              <ProgressBar label={t("backups.progress")} done={stream.streamedBytes} total={stream.totalBytes} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
