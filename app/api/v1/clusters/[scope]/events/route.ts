import { route } from "@/lib/auth/route";
import { jsonResponse } from "@/lib/contract/json";
import { EVENT_SEVERITIES, EVENTS_DEFAULT, EVENTS_MAX, type EventsAnswer } from "@/lib/contract/record";
import { EVENT_KINDS } from "@/lib/domain/events/event";
import { queryOf } from "../../../query";
import { sendStored, withRecord } from "../../../with-record";

/** What happened, newest first; `before` goes on from the last event of the page before. */
export const GET = route("GET /api/v1/clusters/[scope]/events", ({ request, params }) =>
  withRecord(params.scope, async (record, scope) => {
    const query = queryOf(request);
    const limit = query.whole("limit", { min: 1, max: EVENTS_MAX }) ?? EVENTS_DEFAULT;
    const asked = {
      from: query.moment("from"),
      to: query.moment("to"),
      kinds: query.list("kind", EVENT_KINDS),
      severities: query.list("severity", EVENT_SEVERITIES),
      subject: query.text("subject", 300),
      search: query.text("search", 300),
      beforeId: query.whole("before", { min: 1, max: Number.MAX_SAFE_INTEGER }),
    };
    const bad = query.bad();
    if (bad) return bad;
    return sendStored(await record.events(scope, { ...asked, limit: limit + 1 }), (found) => {
      const events = found.slice(0, limit);
      const next = found.length > limit ? (events.at(-1)?.id ?? null) : null;
      return jsonResponse({ scope, events, next } satisfies { [K in keyof EventsAnswer]: unknown });
    });
  }),
);
