import { route } from "@/lib/auth/route";
import { jsonResponse } from "@/lib/contract/json";
import { live } from "@/lib/live/current";

/** 200 when every configured cluster was looked at once, whatever the answers were; 503 before. */
export const GET = route("GET /api/readyz", () => {
  const store = live();
  const ready = store?.lookedOnce() ?? false;
  // Anyone may ask, so names of clusters stay out of the answer.
  return jsonResponse({ ready, clusters: store?.scopes().length ?? 0 }, ready ? 200 : 503);
});
