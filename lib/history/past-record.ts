import type { Store } from "@/lib/db/types";
import type { ClusterEvent, WriteGap } from "@/lib/domain/events/event";
import type { EpochMs } from "@/lib/domain/ids";
import { insertEvent, readEvents } from "./events";
import { mapPictures, readMarks, readPictureAt, readRecorded } from "./frames/read";
import { thinFrames } from "./frames/statements";
import { readGaps, storeGap } from "./gaps";
import type { Archive } from "./types";
import type { Writer } from "./writer";

/** How long events (and gaps) and pictures are kept, in ms. */
export type PastRetention = { readonly events: number; readonly pictures: number };

/** The record of what happened: events, write gaps and pictures, written and read back. */
export type PastRecord = {
  readonly read: Pick<
    Archive,
    "events" | "pictureAt" | "snapshotAt" | "frames" | "snapshots" | "mapPictures" | "recorded" | "gaps"
  >;
  writeEvents(events: readonly ClusterEvent[]): void;
  writeGap(gap: WriteGap): void;
  /** Deletes what is older than it is kept; called by a timer, and by tests. */
  thin(): void;
  stop(): void;
};

const THIN_EVERY_MS = 600_000;

export function startPastRecord(
  store: Store,
  writer: Writer,
  retention: PastRetention,
  now: () => EpochMs = Date.now,
): PastRecord {
  const { build } = writer;
  const thin = () => {
    const old = now() - retention.events;
    for (const statement of thinFrames(build, now(), retention.pictures)) writer.put(statement);
    writer.put(build.deleteFrom("event").where("at", "<", old).where("kind", "<>", "history").compile());
    writer.put(build.deleteFrom("write_gap").where("started_at", "<", old).compile());
  };
  const timer = setInterval(thin, THIN_EVERY_MS);
  timer.unref();
  return {
    read: {
      events: (scope, query) => readEvents(store, scope, query),
      pictureAt: (scope, at) => readPictureAt(store, scope, at),
      async snapshotAt(scope, at) {
        const found = await readPictureAt(store, scope, at);
        return found.ok ? { ok: true, value: found.value?.snapshot ?? null } : found;
      },
      frames: (scope, from, to, limit) => readMarks(store, scope, from, to, limit),
      snapshots: (scope, from, to, limit) => mapPictures(store, scope, { from, to, limit }, ({ snapshot }) => snapshot),
      mapPictures: (scope, window, take) => mapPictures(store, scope, window, take),
      recorded: (scope, from, to) => readRecorded(store, scope, from, to),
      gaps: (scope, from, to) => readGaps(store, scope, from, to),
    },
    writeEvents(events) {
      for (const event of events) writer.put(insertEvent(build, event));
    },
    writeGap(gap) {
      for (const statement of storeGap(build, gap)) writer.put(statement);
    },
    thin,
    stop: () => clearInterval(timer),
  };
}
