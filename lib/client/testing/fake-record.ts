import type { Frame } from "@/lib/client/replay";
import type { StoredEvent, WriteGap } from "@/lib/domain/events/event";
import type { Snapshot } from "@/lib/domain/snapshot";

/** What a test's server has on record. */
export type FakeRecord = {
  /** Newest first. */
  events: readonly StoredEvent[];
  gaps: readonly WriteGap[];
  frames: readonly Frame[];
  /** The picture at a moment; null for a hole. */
  pictureAt: (at: number) => Snapshot | null;
  /** Answered in the place of everything, to see how failing is told. */
  fails: { readonly status: number; readonly detail: string } | null;
  /** Addresses that were asked for, in order. */
  readonly asked: URL[];
};

const PAGE = 100;

export const emptyRecord = (): FakeRecord => ({
  events: [],
  gaps: [],
  frames: [],
  pictureAt: () => null,
  fails: null,
  asked: [],
});

/** A `fetch` that answers from the record as the server does. */
export function recordFetch(record: FakeRecord): typeof fetch {
  return async (input) => {
    const url = new URL(String(input), "http://localhost");
    record.asked.push(url);
    const json = (value: unknown, status = 200) => new Response(JSON.stringify(value), { status });
    if (record.fails) return json({ detail: record.fails.detail }, record.fails.status);
    const what = url.pathname.split("/").at(-1);
    const { searchParams: query } = url;
    const within = (at: number) =>
      at >= Date.parse(query.get("from") ?? "1970-01-01") && at <= Date.parse(query.get("to") ?? "2100-01-01");
    if (what === "events") return json(eventsPage(record.events, query, within));
    if (what === "gaps") return json({ scope: "demo", gaps: record.gaps });
    if (what === "frames") return json({ scope: "demo", frames: record.frames.filter(({ at }) => within(at)) });
    if (what === "incidents") return json({ scope: "demo", incidents: [] });
    if (what === "snapshot") {
      const snapshot = record.pictureAt(Date.parse(query.get("at") ?? ""));
      return snapshot ? json({ snapshot, at: snapshot.at, boot: "fake" }) : json({ title: "not found" }, 404);
    }
    return json({ title: "not found" }, 404);
  };
}

function eventsPage(events: readonly StoredEvent[], query: URLSearchParams, within: (at: number) => boolean) {
  const before = Number(query.get("before") ?? Number.POSITIVE_INFINITY);
  const limit = Number(query.get("limit") ?? PAGE);
  const kinds = query.getAll("kind");
  const match = events.filter(
    (event) => event.id < before && within(Date.parse(event.at)) && (kinds.length === 0 || kinds.includes(event.kind)),
  );
  const page = match.slice(0, limit);
  return { scope: "demo", events: page, next: match.length > limit ? (page.at(-1)?.id ?? null) : null };
}
