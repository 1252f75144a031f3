import { route } from "@/lib/auth/route";
import { jsonResponse } from "@/lib/contract/json";
import { problemResponse } from "@/lib/contract/problem";
import { newWallSchema, type WallsAnswer } from "@/lib/contract/walls";
import { live } from "@/lib/live/current";
import { bodyOf } from "../acting";
import { configuredScope, noSuchCluster } from "../with-snapshot";
import { sendLink, sendWall, wallAskerOf, withWalls } from "../with-walls";

/** Displays that sign in by a link; those that were revoked stay listed for a while. */
export const GET = route("GET /api/v1/walls", () =>
  withWalls(async (desk) => {
    const listed = await desk.list();
    if (!listed.ok) return problemResponse("store-failed");
    return jsonResponse({ walls: listed.value } satisfies WallsAnswer);
  }),
);

/** Makes a wall. Its link stands in this answer and nowhere else. */
export const POST = route("POST /api/v1/walls", ({ request, actor }) =>
  withWalls(async (desk) => {
    const body = await bodyOf(request, newWallSchema);
    if (body.kind === "bad") return body.response;
    const store = live();
    if (!store) return problemResponse("not-started");
    const asked = body.value.scopes;
    const unknown = asked?.find((scope) => !configuredScope(store, scope));
    if (unknown !== undefined) return noSuchCluster(unknown);
    const scopes = asked && store.scopes().filter((scope) => asked.includes(scope));
    const made = await desk.make(wallAskerOf(request, actor), body.value.title, scopes);
    return sendWall(made, (armed) => sendLink(request, armed, 201));
  }),
);
