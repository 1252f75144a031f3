import type { SeriesAnswer, SeriesQuery } from "@/lib/contract/series";
import type { Stored, StoreFailure } from "@/lib/db/types";
import type { ClusterEvent, EventKind, StoredEvent, WriteGap } from "@/lib/domain/events/event";
import type { ClusterScope, EpochMs } from "@/lib/domain/ids";
import type { Sample } from "@/lib/domain/metrics/sample";
import type { Snapshot } from "@/lib/domain/snapshot";

/** What the rest of the program sees of the record. Reading may fail, and says how; writing never blocks and never throws. */

export type { Stored, StoreFailure } from "@/lib/db/types";

/** How our own store does. */
export type StoreStatus = {
  readonly kind: "sqlite" | "postgres";
  /** `ok`: what was handed over is written. `behind`: written late. `failing`: not written now, kept in memory as long as it fits. */
  readonly state: "ok" | "behind" | "failing";
  /** Since when it is in this state. */
  readonly since: EpochMs;
  readonly lastWriteAt: EpochMs | null;
  readonly failure: StoreFailure | null;
  /** Rows that wait in memory. */
  readonly waiting: number;
  /** Rows that found no room in memory and are lost, since the start. */
  readonly dropped: number;
};

export type EventQuery = {
  readonly from: EpochMs | null;
  readonly to: EpochMs | null;
  readonly kinds: readonly EventKind[] | null;
  readonly severities: readonly string[] | null;
  readonly subject: string | null;
  /** Every word must occur in the event's subject, kind or values. */
  readonly search: string | null;
  /** Only events older than this id, newest first. */
  readonly beforeId: number | null;
  readonly limit: number;
};

/** A stored picture's place, without the picture. `urgent`: something that a person wants to see changed with it. */
export type FrameMark = {
  readonly at: EpochMs;
  readonly boot: string;
  readonly version: number;
  readonly urgent: boolean;
};

/** A picture of the past: when it was drawn, and in which run of the dashboard. */
export type PastPicture = { readonly snapshot: Snapshot; readonly at: EpochMs; readonly boot: string };

/** A time without a break in the record. */
export type RecordedSpan = { readonly from: EpochMs; readonly to: EpochMs };

/** Takes what collectors and the live store produce. Never throws; what finds no room is counted in {@link StoreStatus}. */
export type Recorder = {
  samples(scope: ClusterScope, samples: readonly Sample[]): void;
  happened(events: readonly ClusterEvent[]): void;
  /** Called when a gap begins (`endedAt` null), may be repeated while it lasts, and when it ends; `startedAt` is its key. */
  gap(gap: WriteGap): void;
};

/** Reads the record back. */
export type Archive = {
  series(scope: ClusterScope, query: SeriesQuery): Promise<Stored<SeriesAnswer>>;
  events(scope: ClusterScope, query: EventQuery): Promise<Stored<readonly StoredEvent[]>>;
  /** The picture as it was at `at`: the last one stored not after it, of the same boot that was running then; null for a hole. */
  snapshotAt(scope: ClusterScope, at: EpochMs): Promise<Stored<Snapshot | null>>;
  /** The same with its place in the record. */
  pictureAt(scope: ClusterScope, at: EpochMs): Promise<Stored<PastPicture | null>>;
  /** Marks of the stored pictures between two moments, oldest first, at most `limit`. */
  frames(scope: ClusterScope, from: EpochMs, to: EpochMs, limit: number): Promise<Stored<readonly FrameMark[]>>;
  /** The stored pictures between two moments, oldest first, at most `limit`: for incidents and replay. */
  snapshots(scope: ClusterScope, from: EpochMs, to: EpochMs, limit: number): Promise<Stored<readonly Snapshot[]>>;
  /** When somebody was recording, within the window, oldest first; the rest of it is holes. */
  recorded(scope: ClusterScope, from: EpochMs, to: EpochMs): Promise<Stored<readonly RecordedSpan[]>>;
  /** What `take` makes of each of them; only a few pictures are in memory at a time. */
  mapPictures<T>(
    scope: ClusterScope,
    window: { readonly from: EpochMs; readonly to: EpochMs; readonly limit: number },
    take: (picture: PastPicture) => T,
  ): Promise<Stored<readonly T[]>>;
  /** Gaps that overlap the window, oldest first. */
  gaps(scope: ClusterScope, from: EpochMs, to: EpochMs): Promise<Stored<readonly WriteGap[]>>;
};

/** The process's record: one on `globalThis`, see `current.ts`. */
export type History = Recorder &
  Archive & {
    status(): StoreStatus;
    /** Whether the store answers now. */
    answers(): Promise<Stored<void>>;
    /** Writes what waits, as far as the store takes it within `withinMs`, and closes it. */
    close(withinMs: number): Promise<void>;
  };
