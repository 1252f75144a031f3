import type { StreamEvent } from "./stream";

/** First line of every stream: reconnect after a second. */
export const SSE_RETRY = "retry: 1000\n\n";

/** One event in the form of server-sent events. `id` names boot and version; heartbeats have none. */
export function sseFrame(event: StreamEvent): string {
  const version =
    event.type === "heartbeat" ? null : event.type === "snapshot" ? event.snapshot.version : event.version;
  const id = version === null ? "" : `id: ${event.boot}:${version}\n`;
  return `${id}event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}
