import type { PostgresFacts, WalReceiver, WalSender } from "@/lib/domain/facts";
import type { Lsn } from "@/lib/domain/ids";
import { formatLsn, parseLsn } from "@/lib/domain/lsn";
import type { LookAnswer } from "./schema";

/** Sources of a setting that hold for our own sessions only and hide what the server's others get. */
const OURS_ONLY = new Set(["user", "database user", "database"]);

/**
 * True when `default_transaction_read_only` comes from our role or our database (`ALTER ROLE … SET`), by the `source` that
 * pg_settings named when the connection was opened.
 */
export const hidesServerDefault = (source: string | null): boolean => source !== null && OURS_ONLY.has(source);

/** `LOOK_SQL`'s answer in the domain's words. `readOnlyHidden`: our own session does not see the server's default. */
export function toPostgresFacts(answer: LookAnswer, readOnlyHidden: boolean): PostgresFacts {
  const { configuredAt: _, ...facts } = answer;
  return {
    ...facts,
    readOnlyDefault: readOnlyHidden || answer.readOnlyDefault === null ? null : answer.readOnlyDefault === "on",
    lsn: toLsn(answer.lsn),
    receivedLsn: toLsn(answer.receivedLsn),
    replayedLsn: toLsn(answer.replayedLsn),
    replayDelaySeconds: atLeastZero(answer.replayDelaySeconds),
    senders: answer.senders.map(toSender),
    slots: answer.slots.map((slot) => ({ ...slot, retainedBytes: atLeastZero(slot.retainedBytes) })),
    receiver: answer.receiver && toReceiver(answer.receiver),
  };
}

function toSender(row: LookAnswer["senders"][number]): WalSender {
  return {
    ...row,
    applicationName: row.applicationName ?? "",
    sentLsn: toLsn(row.sentLsn),
    flushLsn: toLsn(row.flushLsn),
    replayLsn: toLsn(row.replayLsn),
    unsentBytes: atLeastZero(row.unsentBytes),
    flushLagBytes: atLeastZero(row.flushLagBytes),
    replayLagBytes: atLeastZero(row.replayLagBytes),
    flushLagSeconds: atLeastZero(row.flushLagSeconds),
    replayLagSeconds: atLeastZero(row.replayLagSeconds),
    replyAgeSeconds: atLeastZero(row.replyAgeSeconds),
  };
}

function toReceiver(row: NonNullable<LookAnswer["receiver"]>): WalReceiver {
  const lastMessageAgeSeconds = atLeastZero(row.lastMessageAgeSeconds);
  return { ...row, latestEndLsn: toLsn(row.latestEndLsn), lastMessageAgeSeconds };
}

/**
 * Positions and clocks are not read at one moment, so small negatives occur. Not clamped in SQL, where `greatest` passes over
 * NULL and would make 0 of what is unknown.
 */
export const atLeastZero = (value: number | null): number | null => (value === null ? null : Math.max(0, value));

function toLsn(text: string | null): Lsn | null {
  const position = parseLsn(text);
  return position === null ? null : formatLsn(position);
}
