import { route } from "@/lib/auth/route";
import { problemResponse } from "@/lib/contract/problem";
import { live } from "@/lib/live/current";
import { scopesFor, wallWatch } from "../for-viewer";
import { noSuchCluster } from "../with-snapshot";
import { eventStream } from "./event-stream";

/** Server-sent events of the clusters named by `scope` (repeatable); of all that the viewer may see without one. */
export const GET = route("GET /api/v1/stream", ({ request, actor }) => {
  const store = live();
  if (!store) return problemResponse("not-started");
  const asked = new URL(request.url).searchParams.getAll("scope");
  const visible = scopesFor(actor, store);
  const unknown = asked.find((scope) => !visible.some((one) => one === scope));
  if (unknown !== undefined) return noSuchCluster(unknown);
  const endsAtMs = actor.kind === "user" ? actor.expiresAtMs : null;
  const wall = actor.kind === "wall" ? wallWatch(request) : null;
  const stream = eventStream(store, asked.length > 0 ? asked : visible, {
    signal: request.signal,
    endsAtMs,
    ...(wall ? { holds: wall.holds } : {}),
  });
  return new Response(stream, {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      // no-transform keeps proxies, and the server's own compression, from holding events back.
      "cache-control": "no-cache, no-transform",
      "x-accel-buffering": "no",
      ...(wall ? { "set-cookie": wall.cookie } : {}),
    },
  });
});
