import { openStore } from "@/lib/db/open";
import type { Store, Stored } from "@/lib/db/types";
import { startPastRecord } from "./past-record";
import { startSampleRecord } from "./sample-record";
import type { SampleRetention } from "./samples/tiers";
import type { History } from "./types";
import { startWriter, type Writer } from "./writer";

/** How long each kind of record is kept, in ms; as configured in `store.retention`. */
export type RecordRetention = {
  readonly samples2s: number;
  readonly samples10s: number;
  readonly samples1m: number;
  readonly samples10m: number;
  readonly events: number;
  readonly pictures: number;
};

/** The open record: what everybody sees of it, and what its own writers build on. */
export type OpenRecord = {
  readonly history: History;
  readonly store: Store;
  readonly writer: Writer;
  readonly retention: RecordRetention;
};

/**
 * Opens the record behind `store.url`. Returns at once, whatever the store does: it opens in the background, and until it does what
 * is recorded waits in memory and reads answer with the failure.
 */
export function openRecord(url: string, retention: RecordRetention): OpenRecord {
  const store = openStore(url);
  const writer = startWriter(store);
  const samples = startSampleRecord(store, writer, sampleRetentionOf(retention));
  const past = startPastRecord(store, writer, retention);

  let closing: Promise<void> | null = null;

  async function close(withinMs: number): Promise<void> {
    samples.stop();
    past.stop();
    await writer.close(withinMs);
    await store.close();
  }

  const history: History = {
    samples: samples.samples,
    series: samples.series,
    happened: past.writeEvents,
    gap: past.writeGap,
    ...past.read,
    status: writer.status,
    answers: () => answers(store),
    close(withinMs) {
      closing ??= close(withinMs);
      return closing;
    },
  };
  return { history, store, writer, retention };
}

async function answers(store: Store): Promise<Stored<void>> {
  const answer = await store.read((db) => db.selectFrom("meta").select("key").limit(1).execute());
  return answer.ok ? { ok: true, value: undefined } : answer;
}

const sampleRetentionOf = (retention: RecordRetention): SampleRetention => ({
  "2s": retention.samples2s,
  "10s": retention.samples10s,
  "1m": retention.samples1m,
  "10m": retention.samples10m,
});
