import type { Instant, MemberName } from "../ids";
import type { Message } from "../message";

/** What a client that comes through the VIP's write port meets. */
export type ClientEyeView = {
  readonly address: string;
  readonly port: number;
  /** How often a session is made, in ms. */
  readonly intervalMs: number;
  /** `unknown`: not looked yet, or our own access fails. `stale`: nothing was heard of it for three beats. */
  readonly state: "writable" | "read-only" | "failing" | "unknown" | "stale";
  /** Two looks in a row found it; one alone may have been unlucky. */
  readonly confirmed: boolean;
  /** The member whose server answered; null when none did or it is none that we know. */
  readonly member: MemberName | null;
  readonly since: Instant | null;
  /** From the beginning of the last session to its answer or failure, in ms. */
  readonly latencyMs: number | null;
  readonly at: Instant | null;
  readonly currentGap: { readonly startedAt: Instant; readonly attempts: number } | null;
  /** The last one since the dashboard started. */
  readonly lastGap: { readonly startedAt: Instant; readonly endedAt: Instant; readonly lengthMs: number } | null;
  readonly trust: "fresh" | "stale" | "unknown";
  readonly text: Message;
};
