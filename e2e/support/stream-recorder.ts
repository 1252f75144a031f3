import { applyStreamEvent, type Held, type StreamEvent } from "@/lib/contract/stream";
import type { Snapshot } from "@/lib/domain/snapshot";
import { sseData } from "./sse";
import { until } from "./until";

/** One picture as it reached us. Times in ms since 1970 by this machine's clock, which the dashboard shares. */
export type Recorded = { readonly arrivedAt: number; readonly boot: string; readonly snapshot: Snapshot };

export type StreamRecorder = {
  /** Every picture so far, in the order of arrival. */
  readonly frames: readonly Recorded[];
  /** Spans without a connection: what was shown then is not ours to judge. */
  readonly outages: readonly { readonly from: number; readonly to: number }[];
  /** Frames that could not be understood or did not fit what was held; an honest server causes none. */
  readonly problems: readonly string[];
  latest(): Recorded | null;
  /** The first picture, already here or yet to come, that satisfies the predicate; `after` leaves out earlier ones. */
  waitFor(
    predicate: (snapshot: Snapshot) => boolean,
    options: { readonly deadlineMs: number; readonly what: string; readonly after?: number },
  ): Promise<Recorded>;
  stop(): void;
};

export type RecorderOptions = { readonly baseUrl: string; readonly token: string; readonly scope: string };

const RETRY_MS = 100;

/** Follows `/api/v1/stream` as any client would, comes back after a break, and keeps all that it was shown. */
export function startStreamRecorder({ baseUrl, token, scope }: RecorderOptions): StreamRecorder {
  const frames: Recorded[] = [];
  const outages: { from: number; to: number }[] = [];
  const problems: string[] = [];
  const stopping = new AbortController();
  let held: Held | undefined;
  let outage: { from: number; to: number } | null = null;

  /** False when the whole picture must be asked for again. */
  function take(data: string, arrivedAt: number): boolean {
    let event: StreamEvent;
    try {
      event = JSON.parse(data) as StreamEvent;
    } catch {
      problems.push(`not JSON: ${data.slice(0, 200)}`);
      return true;
    }
    if (event.type === "heartbeat") return true;
    const applied = applyStreamEvent(held, event);
    if (applied.kind === "gap") {
      problems.push(`a patch that does not fit: ${JSON.stringify(event).slice(0, 200)}`);
      return false;
    }
    if (applied.kind === "ignored") return true;
    held = applied.held;
    frames.push({ arrivedAt, ...applied.held });
    return true;
  }

  async function once(): Promise<void> {
    const answer = await fetch(`${baseUrl}/api/v1/stream?scope=${encodeURIComponent(scope)}`, {
      headers: { authorization: `Bearer ${token}`, accept: "text/event-stream" },
      signal: stopping.signal,
    });
    if (!answer.ok || !answer.body) {
      await answer.body?.cancel();
      throw new Error(`the stream answered ${answer.status}`);
    }
    if (outage) outage.to = Date.now();
    outage = null;
    for await (const { data, arrivedAt } of sseData(answer.body)) {
      if (!take(data, arrivedAt)) {
        held = undefined;
        return;
      }
    }
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      await once().catch(() => undefined);
      if (stopping.signal.aborted) return;
      if (!outage) {
        outage = { from: Date.now(), to: Number.POSITIVE_INFINITY };
        outages.push(outage);
      }
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
  void run();

  return {
    frames,
    outages,
    problems,
    latest: () => frames.at(-1) ?? null,
    waitFor(predicate, { deadlineMs, what, after = 0 }) {
      let next = 0;
      const ask = () => {
        for (; next < frames.length; next += 1) {
          const frame = frames[next];
          if (frame && frame.arrivedAt >= after && predicate(frame.snapshot)) return frame;
        }
        return undefined;
      };
      return until(ask, { deadlineMs, what, everyMs: 20, seen: () => brief(frames.at(-1)?.snapshot) });
    },
    stop: () => stopping.abort(),
  };
}

/** The part of a picture that tells most, for an error's message. */
export function brief(snapshot: Snapshot | undefined) {
  if (!snapshot) return null;
  const { writePath, vip } = snapshot;
  return {
    version: snapshot.version,
    at: snapshot.at,
    state: writePath.state,
    sentence: writePath.sentence,
    leader: snapshot.leader?.name ?? null,
    vip: vip && { holders: vip.holders, trust: vip.trust },
    writesTo: snapshot.haproxy.map((node) => `${node.name} (${node.trust}) → ${node.writesTo.join(" ") || "none"}`),
    members: snapshot.members.map((m) => `${m.name}: ${m.presence} ${m.role} ${m.state} timeline ${m.timeline}`),
    failing: snapshot.sources
      .filter((s) => s.error || s.stale)
      .map((s) => `${s.id}: ${s.error?.kind} stale ${s.stale}`),
  };
}
