import { route } from "@/lib/auth/route";
import { type Fleet, fleetEntries } from "@/lib/contract/fleet";
import { jsonResponse } from "@/lib/contract/json";
import { problemResponse } from "@/lib/contract/problem";
import { instant } from "@/lib/domain/ids";
import { live } from "@/lib/live/current";
import { scopesFor } from "../for-viewer";

export const GET = route("GET /api/v1/clusters", ({ actor }) => {
  const store = live();
  if (!store) return problemResponse("not-started");
  const snapshots = scopesFor(actor, store).flatMap((scope) => store.snapshot(scope) ?? []);
  const fleet: Fleet = { boot: store.boot, now: instant(Date.now()), clusters: fleetEntries(snapshots) };
  return jsonResponse(fleet);
});
