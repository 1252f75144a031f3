import { applyStreamEvent, type Held, type StreamEvent } from "@/lib/contract/stream";
import type { Store } from "@/lib/db/types";
import { type RunBefore, startedEvent, stoppedEvent } from "@/lib/domain/events/dashboard";
import { foldEvents } from "@/lib/domain/events/fold";
import { EMPTY_MEMORY, type EventMemory } from "@/lib/domain/events/notebook";
import type { ClusterScope, EpochMs } from "@/lib/domain/ids";
import type { Snapshot } from "@/lib/domain/snapshot";
import type { Live } from "@/lib/live/types";
import { insertEvent } from "./events";
import { createFilm } from "./frames/film";
import { LASTS_MS, readLastPicture } from "./frames/read";
import { insertFrame, noteRecording } from "./frames/statements";
import { endAbandoned, readGaps } from "./gaps";
import type { Writer } from "./writer";

/**
 * The flight recorder: stores what the browsers are shown, from the very stream that they get, and the events that can be told from
 * it. Nothing here waits for the store.
 */
export type FlightRecorder = {
  /** Notes that the dashboard ends. Call before the writer is closed. */
  stop(): void;
};

export type RecorderOptions = { readonly now?: () => EpochMs };

/** Pictures whose events wait until it is known how the last run ended; beyond, the oldest are told of no more. */
const WAITING_MAX = 2_000;

export function startFlightRecorder(
  live: Live,
  store: Store,
  writer: Writer,
  options: RecorderOptions = {},
): FlightRecorder {
  const now = options.now ?? Date.now;
  const startedAt = now();
  const clusters = new Map(
    live.scopes().map((scope) => [scope as string, recordCluster(live, scope, store, writer, startedAt)]),
  );
  const unsubscribe = live.subscribe(live.scopes(), (event) => {
    if (event.type === "heartbeat") return;
    const scope = event.type === "snapshot" ? event.snapshot.scope : event.scope;
    clusters.get(scope)?.take(event);
  });
  return {
    stop() {
      unsubscribe();
      for (const cluster of clusters.values()) cluster.stop(now());
    },
  };
}

type StreamPicture = Exclude<StreamEvent, { type: "heartbeat" }>;

function recordCluster(live: Live, scope: ClusterScope, store: Store, writer: Writer, startedAt: EpochMs) {
  const { boot } = live;
  const film = createFilm(boot);
  let held: Held | undefined;
  let span: { from: EpochMs; to: EpochMs } | null = null;
  let memory: EventMemory | null = null;
  let waiting: Snapshot[] = [];

  void recall().then((earlier) => {
    memory = earlier;
    const pictures = waiting;
    waiting = [];
    for (const picture of pictures) tell(picture);
  });

  /** What was known when the last run ended, so that what changed since is told; and says that this run began. */
  async function recall(): Promise<EventMemory> {
    const last = await readLastPicture(store, scope, boot, startedAt);
    const run = await runBefore(store, scope, boot, startedAt);
    writer.put(insertEvent(writer.build, startedEvent(scope, boot, startedAt, run)));
    const open = run && (await readGaps(store, scope, 0, startedAt));
    if (run && open?.ok) {
      const abandoned = open.value.filter((gap) => Date.parse(gap.startedAt) < startedAt);
      for (const statement of endAbandoned(writer.build, abandoned, run.lastAt)) writer.put(statement);
    }
    return last.ok && last.value ? foldEvents(EMPTY_MEMORY, last.value.snapshot).memory : EMPTY_MEMORY;
  }

  function tell(picture: Snapshot): void {
    if (memory === null) {
      waiting.push(picture);
      if (waiting.length > WAITING_MAX) waiting.shift();
      return;
    }
    const folded = foldEvents(memory, picture);
    memory = folded.memory;
    for (const event of folded.events) writer.put(insertEvent(writer.build, event));
  }

  function keep(picture: Snapshot): void {
    const frame = film.take(picture);
    if (!frame) return;
    writer.put(insertFrame(writer.build, scope, frame));
    const broken = span === null || frame.at - span.to > LASTS_MS;
    span = broken || span === null ? { from: frame.at, to: frame.at } : { from: span.from, to: frame.at };
    note(false);
  }

  function note(orderly: boolean): void {
    if (!span) return;
    const recording = { boot, startedAt: span.from, endedAt: span.to, orderly };
    writer.put(noteRecording(writer.build, scope, recording));
  }

  return {
    take(event: StreamPicture): void {
      const applied = applyStreamEvent(held, event);
      if (applied.kind !== "applied") return;
      held = applied.held;
      try {
        keep(held.snapshot);
        tell(held.snapshot);
      } catch (error) {
        // Whatever is wrong with one picture must not end the recording: the live store drops a listener that throws.
        console.error(`A picture of ${scope} could not be recorded:`, error);
      }
    },
    stop(at: EpochMs): void {
      if (span && at - span.to <= LASTS_MS) span = { from: span.from, to: at };
      note(true);
      writer.put(insertEvent(writer.build, stoppedEvent(scope, boot, at)));
    },
  };
}

/** The run that began before this one; what began after it is another dashboard on the same store, however early it writes. */
async function runBefore(
  store: Store,
  scope: ClusterScope,
  boot: string,
  startedAt: EpochMs,
): Promise<RunBefore | null> {
  const last = await store.read((db) =>
    db
      .selectFrom("recording")
      .select(["ended_at", "orderly"])
      .where("scope", "=", scope)
      .where("boot", "<>", boot)
      .where("started_at", "<", startedAt)
      .orderBy("ended_at", "desc")
      .limit(1)
      .executeTakeFirst(),
  );
  return last.ok && last.value ? { lastAt: last.value.ended_at, orderly: last.value.orderly === 1 } : null;
}
