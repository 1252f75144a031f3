import { route } from "@/lib/auth/route";
import { jsonResponse } from "@/lib/contract/json";
import { history } from "@/lib/history/current";
import { live } from "@/lib/live/current";

/**
 * 200 when the store answers and every configured cluster was looked at once, whatever the answers were; 503 before. A store that is
 * gone takes nothing from the live picture, yet what replaces this process should not be trusted with the record before it can keep one.
 */
export const GET = route("GET /api/readyz", async () => {
  const pictures = live();
  const looked = pictures?.lookedOnce() ?? false;
  const store = (await history()?.answers())?.ok ?? false;
  // Anyone may ask, so names of clusters and words of the store stay out of the answer.
  const body = { ready: looked && store, clusters: pictures?.scopes().length ?? 0, looked, store };
  return jsonResponse(body, body.ready ? 200 : 503);
});
