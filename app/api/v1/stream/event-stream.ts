import { SSE_RETRY, sseFrame } from "@/lib/contract/sse";
import type { StreamEvent } from "@/lib/contract/stream";
import type { Live } from "@/lib/live/types";
import { countStream } from "@/lib/metrics/stream-clients";

export type StreamOptions = {
  /** Aborted when the client leaves. */
  readonly signal: AbortSignal;
  /** When the session ends, in epoch ms; the stream ends with it, within a heartbeat. Null: never. */
  readonly endsAtMs: number | null;
  /** Asked before each frame: false once the viewer may look no longer, and the stream ends. */
  readonly holds?: () => boolean;
  readonly clock?: () => number;
};

/**
 * Bytes that may wait for a slow client. Beyond it is cut off: it reconnects and gets the whole picture, which is shorter than
 * all that it missed, and the server's memory stays its own.
 */
export const BACKLOG_MAX_BYTES = 4 * 1024 * 1024;

const encoder = new TextEncoder();
// An event is the same object for everybody who listens: however many they are, it is written out once.
const written = new WeakMap<StreamEvent, Uint8Array>();

function bytesOf(event: StreamEvent): Uint8Array {
  const known = written.get(event) ?? encoder.encode(sseFrame(event));
  written.set(event, known);
  return known;
}

/** The events of `scopes` as a byte stream, until the client, the session or the server leaves. */
export function eventStream(
  store: Live,
  scopes: readonly string[],
  options: StreamOptions,
): ReadableStream<Uint8Array> {
  const { signal, endsAtMs, holds, clock = Date.now } = options;
  let leave: () => void = () => {};

  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        let open = true;
        const undo: (() => void)[] = [];
        const stop = () => {
          if (!open) return;
          open = false;
          for (const step of undo) step();
        };
        const end = () => {
          if (!open) return;
          stop();
          controller.close();
        };
        const onEvent = (event: StreamEvent) => {
          if (!open) return;
          const over = event.type === "heartbeat" && endsAtMs !== null && clock() >= endsAtMs;
          if (over || holds?.() === false) return end();
          if ((controller.desiredSize ?? 0) < 0) {
            stop();
            controller.error(new Error("the client reads too slowly"));
            return;
          }
          controller.enqueue(bytesOf(event));
        };
        leave = stop;
        if (signal.aborted) return end();
        signal.addEventListener("abort", end, { once: true });
        undo.push(() => signal.removeEventListener("abort", end), store.onClose(end), countStream());
        controller.enqueue(encoder.encode(SSE_RETRY));
        const unsubscribe = store.subscribe(scopes, onEvent);
        // The listener may have ended the stream while it was being subscribed.
        if (open) undo.push(unsubscribe);
        else unsubscribe();
      },
      cancel: () => leave(),
    },
    { highWaterMark: BACKLOG_MAX_BYTES, size: (chunk) => chunk.byteLength },
  );
}
