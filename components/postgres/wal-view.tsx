"use client";
import { useT } from "@/lib/client/i18n";
import { useInspect } from "@/lib/client/inspect";
import { Amount, At, Bytes, Dash, Fact, Facts, Millis, Seconds, Untold } from "./figures";
import { InspectPanel } from "./inspect-panel";
import type { ViewProps } from "./view-props";

/** WAL written, checkpoints, and the archiver. */
export function WalView({ scope, member }: ViewProps) {
  const t = useT();
  const looked = useInspect(scope, member, "wal");
  return (
    <>
      <InspectPanel looked={looked} title={t("postgres.wal.title")}>
        {({ wal, lsn, files, inRecovery }) => (
          <Facts>
            <Fact label={t(inRecovery ? "postgres.wal.replayed" : "postgres.wal.position")}>
              {lsn === null ? <Untold /> : <span className="figures">{lsn}</span>}
            </Fact>
            <Fact label={t("postgres.wal.files")}>
              {files === null ? (
                <Untold />
              ) : (
                <>
                  <Amount of={files.count} /> · <Bytes of={files.bytes} />
                </>
              )}
            </Fact>
            <Fact label={t("postgres.wal.written")}>
              <Bytes of={wal.bytes} />
            </Fact>
            <Fact label={t("postgres.wal.records")}>
              <Amount of={wal.records} />
            </Fact>
            <Fact label={t("postgres.wal.fullPages")}>
              <Amount of={wal.fullPageImages} />
            </Fact>
            <Fact label={t("postgres.wal.buffersFull")}>
              <Amount of={wal.buffersFull} />
            </Fact>
            <Fact label={t("postgres.resetAt")}>
              <At at={wal.resetAt} />
            </Fact>
          </Facts>
        )}
      </InspectPanel>
      <InspectPanel looked={looked} title={t("postgres.checkpoints.title")}>
        {({ checkpoints, writer, sinceRedoBytes, lastCheckpointSeconds, inRecovery }) => (
          <Facts>
            <Fact label={t("postgres.checkpoints.last")}>
              <Seconds of={lastCheckpointSeconds} />
            </Fact>
            <Fact label={t("postgres.checkpoints.distance")}>
              <Bytes of={sinceRedoBytes} />
            </Fact>
            <Fact label={t("postgres.checkpoints.timed")}>
              <Amount of={checkpoints.timed} />
            </Fact>
            <Fact
              label={t("postgres.checkpoints.requested")}
              warn={checkpoints.requested > checkpoints.timed && checkpoints.requested > 10}
            >
              <Amount of={checkpoints.requested} />
            </Fact>
            {inRecovery || checkpoints.restartpoints ? (
              <Fact label={t("postgres.checkpoints.restartpoints")}>
                <Amount of={checkpoints.restartpoints} />
              </Fact>
            ) : null}
            <Fact label={t("postgres.checkpoints.writeTime")}>
              <Millis of={checkpoints.writeMs} />
            </Fact>
            <Fact label={t("postgres.checkpoints.syncTime")}>
              <Millis of={checkpoints.syncMs} />
            </Fact>
            <Fact label={t("postgres.checkpoints.buffers")}>
              <Amount of={checkpoints.buffers} />
            </Fact>
            <Fact label={t("postgres.checkpoints.clean")}>
              <Amount of={writer.buffersClean} />
            </Fact>
            {writer.buffersBackend === null ? null : (
              <Fact label={t("postgres.checkpoints.backend")}>
                <Amount of={writer.buffersBackend} />
              </Fact>
            )}
            <Fact label={t("postgres.checkpoints.allocated")}>
              <Amount of={writer.buffersAllocated} />
            </Fact>
            <Fact label={t("postgres.resetAt")}>
              <At at={checkpoints.resetAt} />
            </Fact>
          </Facts>
        )}
      </InspectPanel>
      <InspectPanel looked={looked} title={t("postgres.archiver.title")}>
        {({ archiver }) => {
          const failing =
            archiver.lastFailedAt !== null &&
            (archiver.lastArchivedAt === null || archiver.lastFailedAt > archiver.lastArchivedAt);
          return (
            <Facts>
              <Fact label="archive_mode">{archiver.mode}</Fact>
              <Fact label={t("postgres.archiver.archived")}>
                <Amount of={archiver.archived} />
              </Fact>
              <Fact label={t("postgres.archiver.last")}>
                {archiver.lastArchived === null ? (
                  <Dash />
                ) : (
                  <>
                    <span className="figures text-xs">{archiver.lastArchived}</span>
                    <br />
                    <At at={archiver.lastArchivedAt} />
                  </>
                )}
              </Fact>
              <Fact label={t("postgres.archiver.failed")} warn={failing}>
                <Amount of={archiver.failed} />
              </Fact>
              <Fact label={t("postgres.archiver.lastFailed")} warn={failing}>
                {archiver.lastFailed === null ? (
                  <Dash />
                ) : (
                  <>
                    <span className="figures text-xs">{archiver.lastFailed}</span>
                    <br />
                    <At at={archiver.lastFailedAt} />
                  </>
                )}
              </Fact>
            </Facts>
          );
        }}
      </InspectPanel>
      <InspectPanel looked={looked} title={t("postgres.wal.settings")}>
        {({ settings }) => (
          <Facts>
            {settings.map(({ name, value }) => (
              <Fact key={name} label={name}>
                <span className="figures">{value}</span>
              </Fact>
            ))}
          </Facts>
        )}
      </InspectPanel>
    </>
  );
}
