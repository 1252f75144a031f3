import type { NotifierKind } from "@/lib/config/types";
import type { Stored } from "@/lib/db/types";
import type { Alert, Delivery, Silence } from "@/lib/domain/alerts/types";
import type { Severity } from "@/lib/domain/findings/finding";
import type { ClusterScope, EpochMs, Instant } from "@/lib/domain/ids";
import type { Locale } from "@/lib/format/locale";
import type { AlertQuery } from "./store/read";

/** Who asks, and from which address. */
export type AlertAsker = { readonly name: string; readonly role: string; readonly from: string | null };

/** Why a request was turned down; the codes are those of `PROBLEMS`. */
export type AlertRefusal = {
  readonly kind: "refused";
  readonly code: "not-found" | "bad-request" | "store-failed" | "not-open";
  readonly detail: string;
};
export type Answered<T> = { readonly kind: "ok"; readonly value: T } | AlertRefusal;

export type SilenceRequest = {
  readonly kind: Silence["kind"];
  readonly scope: ClusterScope | null;
  readonly match: Silence["match"];
  readonly reason: string;
  readonly from: EpochMs;
  readonly until: EpochMs;
};

export type NotifierStatus = {
  readonly name: string;
  readonly kind: NotifierKind;
  readonly language: Locale;
  readonly severities: readonly Severity[];
  readonly clusters: readonly ClusterScope[] | null;
  readonly environments: readonly string[] | null;
  readonly lastDelivery: Delivery | null;
  readonly failing: boolean;
};

/** How the signal does by which somebody else learns that this dashboard is dead. */
export type DeadManStatus = {
  readonly everyMs: number;
  readonly lastOkAt: Instant | null;
  readonly error: string | null;
};

/** Attempts of this run of the dashboard, by notifier and by how they ended. */
export type AttemptCount = {
  readonly notifier: string;
  readonly kind: NotifierKind;
  readonly outcome: "sent" | "failed";
  readonly count: number;
};

/** What routes and metrics see of alerting; one on `globalThis`, see `current.ts`. */
export type AlertDesk = {
  /** The newest first. While the store is away: those that this dashboard knows of. */
  alerts(query: AlertQuery): Promise<readonly Alert[]>;
  silences(): Promise<readonly Silence[]>;
  deliveries(query: {
    readonly notifier: string | null;
    readonly states: readonly Delivery["state"][] | null;
    readonly limit: number;
  }): Promise<Stored<readonly Delivery[]>>;
  notifiers(): readonly NotifierStatus[];
  deadMan(): DeadManStatus | null;
  /** The store is away: what is said here is this dashboard's alone. */
  inMemory(): boolean;
  attempts(): readonly AttemptCount[];
  /** Deliveries that wait to be sent. */
  waiting(): number;
  acknowledge(asker: AlertAsker, id: string, note: string): Promise<Answered<Alert>>;
  silence(asker: AlertAsker, request: SilenceRequest): Promise<Answered<Silence>>;
  endSilence(asker: AlertAsker, id: string): Promise<Answered<Silence>>;
  /** Sends a message of its own, once, and answers how it went. */
  test(asker: AlertAsker, notifier: string): Promise<Answered<Delivery>>;
  /** Sends no more; what is under way ends or is left to another dashboard. */
  close(): Promise<void>;
};
