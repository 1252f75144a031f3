import { parseCookies } from "@/lib/auth/cookies";
import { checkForgery } from "@/lib/auth/guard";
import { peerOf } from "@/lib/auth/peer";
import { route } from "@/lib/auth/route";
import { wallCookie, wallSecretOf } from "@/lib/auth/wall-cookie";
import { wallDoor } from "@/lib/auth/wall-door";
import { config } from "@/lib/config/current";
import { problemResponse } from "@/lib/contract/problem";
import { enterWallSchema } from "@/lib/contract/walls";
import { bodyOf } from "../../v1/acting";
import { isSecure } from "../../v1/for-viewer";

/**
 * Exchanges a link's token for the wall's cookie. The page sends it, and by POST: a chat that fetches each link to show a preview of it
 * must not become the wall.
 */
export const POST = route("POST /api/walls/enter", async ({ request }) => {
  const door = wallDoor();
  if (!door) return problemResponse("not-started");
  const forgery = checkForgery(request);
  if (forgery) return forgery;
  const body = await bodyOf(request, enterWallSchema);
  if (body.kind === "bad") return body.response;
  const present = wallSecretOf(parseCookies(request.headers.get("cookie")));
  const from = peerOf(request.headers, config().server);
  const entered = await door.enter(body.value.token, present, from, Date.now());
  if (entered.kind === "refused") return problemResponse(entered.code);
  const cookie: Record<string, string> =
    entered.kind === "entered" ? { "set-cookie": wallCookie(entered.secret, isSecure(request)) } : {};
  return new Response(JSON.stringify({ title: entered.title }), {
    headers: { "content-type": "application/json", "cache-control": "no-store", ...cookie },
  });
});
