"use client";
import { Nothing } from "@/components/ui/panel";
import { useT } from "@/lib/client/i18n";
import { useInspect } from "@/lib/client/inspect";
import { DataTable } from "./data-table";
import { Amount, Bytes, Dash, Fact, Facts, Seconds, Untold } from "./figures";
import { InspectPanel } from "./inspect-panel";
import { SlotsPanel } from "./slots-panel";
import type { ViewProps } from "./view-props";

/** Where WAL comes from and goes to, which of it must be kept, and what replay has cancelled. */
export function ReplicationView({ scope, member }: ViewProps) {
  const t = useT();
  const looked = useInspect(scope, member, "replication");
  const value = looked.answer?.good?.value;
  return (
    <>
      <InspectPanel looked={looked} title={t("postgres.senders.title")} flush>
        {({ senders }) =>
          senders.length === 0 ? (
            <div className="px-4 pb-4">
              <Nothing>{t("postgres.senders.none")}</Nothing>
            </div>
          ) : (
            <DataTable
              label={t("postgres.senders.title")}
              rows={senders}
              keyOf={({ pid }) => String(pid)}
              columns={[
                {
                  id: "name",
                  label: t("postgres.column.application"),
                  by: (one) => one.application,
                  className: "max-w-64",
                  cell: (one) => (
                    <>
                      <div className="clip-name font-semibold" title={one.application ?? undefined}>
                        {one.application ?? <Untold />}
                      </div>
                      <div className="text-xs text-ink-3">
                        {[one.user, one.client, one.slot].filter(Boolean).join(" · ")}
                      </div>
                    </>
                  ),
                },
                {
                  id: "state",
                  label: t("postgres.column.state"),
                  by: (one) => one.state,
                  cell: (one) => [one.state, one.syncState].filter(Boolean).join(", "),
                },
                {
                  id: "unsent",
                  label: t("postgres.column.unsent"),
                  figure: true,
                  by: (one) => one.unsentBytes,
                  cell: (one) => <Bytes of={one.unsentBytes} />,
                },
                {
                  id: "flush",
                  label: t("postgres.column.unflushed"),
                  figure: true,
                  by: (one) => one.flushBytes,
                  cell: (one) => <Bytes of={one.flushBytes} />,
                },
                {
                  id: "replay",
                  label: t("postgres.column.unreplayed"),
                  figure: true,
                  by: (one) => one.replayBytes,
                  cell: (one) => <Bytes of={one.replayBytes} />,
                },
                {
                  id: "delay",
                  label: t("postgres.column.delay"),
                  figure: true,
                  by: (one) => one.replaySeconds,
                  cell: (one) => (one.replaySeconds === null ? <Untold /> : <Seconds of={one.replaySeconds} />),
                },
                {
                  id: "reply",
                  label: t("postgres.column.reply"),
                  figure: true,
                  by: (one) => one.replySeconds,
                  cell: (one) => <Seconds of={one.replySeconds} />,
                },
                {
                  id: "connected",
                  label: t("postgres.column.connected"),
                  figure: true,
                  by: (one) => one.connectedSeconds,
                  cell: (one) => <Seconds of={one.connectedSeconds} />,
                },
              ]}
            />
          )
        }
      </InspectPanel>
      {value === undefined || value.inRecovery ? (
        <InspectPanel looked={looked} title={t("postgres.receiver.title")}>
          {({ receiver, replay, lsn }) => (
            <Facts>
              <Fact label={t("postgres.receiver.status")} warn={receiver?.status !== "streaming"}>
                {receiver ? (receiver.status ?? <Untold />) : t("postgres.receiver.none")}
              </Fact>
              <Fact label={t("postgres.receiver.from")}>
                {receiver?.senderHost ? `${receiver.senderHost}:${receiver.senderPort ?? ""}` : <Dash />}
              </Fact>
              <Fact label={t("postgres.receiver.slot")}>{receiver?.slot ?? <Dash />}</Fact>
              <Fact label={t("postgres.receiver.timeline")}>{receiver?.timeline ?? <Dash />}</Fact>
              <Fact label={t("postgres.receiver.received")}>
                <Lsn of={replay?.receivedLsn ?? null} />
              </Fact>
              <Fact label={t("postgres.receiver.replayed")}>
                <Lsn of={replay?.replayedLsn ?? lsn} />
              </Fact>
              <Fact label={t("postgres.receiver.message")}>
                <Seconds of={receiver?.lastMessageSeconds ?? null} />
              </Fact>
              <Fact label={t("postgres.receiver.transaction")}>
                <Seconds of={replay?.lastTransactionSeconds ?? null} />
              </Fact>
              {replay?.paused === true ? (
                <Fact label={t("postgres.receiver.replay")} warn>
                  {t("postgres.receiver.paused")}
                </Fact>
              ) : null}
            </Facts>
          )}
        </InspectPanel>
      ) : null}
      <SlotsPanel looked={looked} />
      {value?.inRecovery ? (
        <InspectPanel looked={looked} title={t("postgres.conflicts.title")} flush>
          {({ conflicts }) => (
            <DataTable
              label={t("postgres.conflicts.title")}
              rows={conflicts}
              keyOf={({ database }) => database}
              columns={[
                {
                  id: "database",
                  label: t("postgres.column.database"),
                  by: (one) => one.database,
                  cell: (one) => one.database,
                },
                ...(["snapshot", "lock", "bufferPin", "deadlock", "tablespace"] as const).map((kind) => ({
                  id: kind,
                  label: t(`postgres.conflicts.${kind}`),
                  figure: true,
                  by: (one: (typeof conflicts)[number]) => one[kind],
                  cell: (one: (typeof conflicts)[number]) => <Amount of={one[kind]} />,
                })),
              ]}
            />
          )}
        </InspectPanel>
      ) : null}
    </>
  );
}

function Lsn(props: { of: string | null }) {
  return props.of === null ? <Untold /> : <span className="figures">{props.of}</span>;
}
