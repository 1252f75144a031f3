import { route } from "@/lib/auth/route";
import { newSilenceSchema, type SilencesAnswer } from "@/lib/contract/alerts";
import { jsonResponse } from "@/lib/contract/json";
import { clusterScope } from "@/lib/domain/ids";
import { live } from "@/lib/live/current";
import { bodyOf } from "../acting";
import { alertAskerOf, sendAlertRefusal, withAlerts } from "../with-alerts";
import { configuredScope, noSuchCluster } from "../with-snapshot";

/** Silences and maintenance windows: in force, to come, and those that ended within the last day. */
export const GET = route("GET /api/v1/silences", () =>
  withAlerts(async (desk) =>
    jsonResponse({ silences: await desk.silences(), inMemory: desk.inMemory() } satisfies {
      [K in keyof SilencesAnswer]: unknown;
    }),
  ),
);

/** Keeps alerts quiet until a moment; who asks is the owner. */
export const POST = route("POST /api/v1/silences", ({ request, actor }) =>
  withAlerts(async (desk) => {
    const body = await bodyOf(request, newSilenceSchema);
    if (body.kind === "bad") return body.response;
    const { kind, scope, match, reason, from, until } = body.value;
    const store = live();
    if (scope !== null && !(store && configuredScope(store, scope))) return noSuchCluster(scope);
    const made = await desk.silence(alertAskerOf(request, actor), {
      kind,
      scope: scope === null ? null : clusterScope(scope),
      match,
      reason,
      from: from === null ? Date.now() : Date.parse(from),
      until: Date.parse(until),
    });
    return made.kind === "ok" ? jsonResponse(made.value, 201) : sendAlertRefusal(made);
  }),
);
