import { route } from "@/lib/auth/route";
import { problemResponse } from "@/lib/contract/problem";
import { live } from "@/lib/live/current";
import { configuredScope, noSuchCluster } from "../with-snapshot";
import { eventStream } from "./event-stream";

/** Server-sent events of the clusters named by `scope` (repeatable), of all without one. */
export const GET = route("GET /api/v1/stream", ({ request, actor }) => {
  const store = live();
  if (!store) return problemResponse("not-started");
  const asked = new URL(request.url).searchParams.getAll("scope");
  const unknown = asked.find((scope) => !configuredScope(store, scope));
  if (unknown !== undefined) return noSuchCluster(unknown);
  const endsAtMs = actor.kind === "user" ? actor.expiresAtMs : null;
  const stream = eventStream(store, asked.length > 0 ? asked : store.scopes(), { signal: request.signal, endsAtMs });
  return new Response(stream, {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      // no-transform keeps proxies, and the server's own compression, from holding events back.
      "cache-control": "no-cache, no-transform",
      "x-accel-buffering": "no",
    },
  });
});
