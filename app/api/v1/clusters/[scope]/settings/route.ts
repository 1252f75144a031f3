import { route } from "@/lib/auth/route";
import { compareSettings } from "@/lib/collectors/inspect/compare-settings";
import { inspector } from "@/lib/collectors/inspect/current";
import { jsonResponse } from "@/lib/contract/json";
import { problemResponse } from "@/lib/contract/problem";
import { live } from "@/lib/live/current";
import { configuredScope, noSuchCluster } from "../../../with-snapshot";

/** Settings that are not the same on all members, compared with the leader's. */
export const GET = route("GET /api/v1/clusters/[scope]/settings", async ({ params }) => {
  const store = live();
  const asks = inspector();
  if (!store || !asks) return problemResponse("not-started");
  if (!configuredScope(store, params.scope)) return noSuchCluster(params.scope);
  const snapshot = store.snapshot(params.scope);
  if (!snapshot) return problemResponse("not-started");
  const leads = (name: string) => name === snapshot.leader?.name;
  const names = snapshot.members.map(({ name }) => name);
  const members = [...names.filter(leads), ...names.filter((name) => !leads(name))];
  return jsonResponse(await compareSettings(asks, params.scope, members));
});
