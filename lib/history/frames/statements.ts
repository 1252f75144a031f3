import type { CompiledQuery, Kysely } from "kysely";
import type { Schema } from "@/lib/db/schema";
import type { ClusterScope, EpochMs } from "@/lib/domain/ids";
import type { Frame } from "./film";

type Build = Kysely<Schema>;

export function insertFrame(build: Build, scope: ClusterScope, frame: Frame): CompiledQuery {
  const { at, boot, version, keyAt, urgent, body } = frame;
  return build
    .insertInto("frame")
    .values({ scope, at, seq: version, boot, version, key_at: keyAt, urgent: urgent ? 1 : 0, body })
    .onConflict((conflict) => conflict.doNothing())
    .compile();
}

export type Recording = {
  readonly boot: string;
  readonly startedAt: EpochMs;
  readonly endedAt: EpochMs;
  readonly orderly: boolean;
};

/** Notes that the record of one run has no break between these two moments; the end only ever moves on. */
export function noteRecording(build: Build, scope: ClusterScope, recording: Recording): CompiledQuery {
  const { boot, startedAt, endedAt, orderly } = recording;
  return build
    .insertInto("recording")
    .values({ scope, boot, started_at: startedAt, ended_at: endedAt, orderly: orderly ? 1 : 0 })
    .onConflict((conflict) =>
      conflict.columns(["scope", "boot", "started_at"]).doUpdateSet((of) => ({
        ended_at: of
          .case()
          .when("recording.ended_at", ">", of.ref("excluded.ended_at"))
          .then(of.ref("recording.ended_at"))
          .else(of.ref("excluded.ended_at"))
          .end(),
        orderly: of.ref("excluded.orderly"),
      })),
    )
    .compile();
}

/** Quiet pictures are kept this long, in ms; later only whole ones and those in which something changed. */
export const QUIET_KEPT_MS = 24 * 3_600_000;

/**
 * Deletes what is older than `keptMs`, and thins out quiet pictures after a day. Any change may go alone; a whole picture goes with
 * all that build on it, for they carry its time.
 */
export function thinFrames(build: Build, now: EpochMs, keptMs: number): CompiledQuery[] {
  const kept = now - keptMs;
  return [
    build.deleteFrom("frame").where("key_at", "<", kept).compile(),
    build
      .deleteFrom("frame")
      .where("urgent", "=", 0)
      .where("at", "<", now - QUIET_KEPT_MS)
      .whereRef("key_at", "<>", "at")
      .compile(),
    build.deleteFrom("recording").where("ended_at", "<", kept).compile(),
  ];
}
