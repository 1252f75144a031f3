import { route } from "@/lib/auth/route";
import { jsonResponse } from "@/lib/contract/json";
import { problemResponse } from "@/lib/contract/problem";
import { pickLocale } from "@/lib/format/locale";
import { readIncident } from "@/lib/history/incidents";
import { live } from "@/lib/live/current";
import { queryOf, windowOf } from "../../../query";
import { sendStored, withRecord } from "../../../with-record";
import { incidentMarkdown } from "./markdown";

const WINDOW_MAX_MS = 6 * 3_600_000;

/** What is told of one window of the past: as JSON, or as a report to read in the language asked for. */
export const GET = route("GET /api/v1/clusters/[scope]/incident", ({ request, params }) =>
  withRecord(params.scope, async (record, scope) => {
    const query = queryOf(request);
    const format = query.list("format", ["json", "markdown"])?.[0] ?? "json";
    const lang = query.list("lang", ["en", "ru"])?.[0] ?? null;
    const window = windowOf(query, WINDOW_MAX_MS);
    if (window instanceof Response) return window;
    if (window.from > Date.now()) return problemResponse("bad-request", "from: expected a time in the past.");
    return sendStored(await readIncident(record, scope, window), (report) => {
      if (format === "json") return jsonResponse(report);
      const title = live()?.snapshot(scope)?.title ?? scope;
      const locale = pickLocale(lang, request.headers.get("accept-language"));
      return markdownResponse(incidentMarkdown(report, title, locale), `${scope}-${report.incident.window.from}.md`);
    });
  }),
);

function markdownResponse(text: string, name: string): Response {
  const safe = name.replace(/[^\w.-]+/g, "-");
  return new Response(text, {
    headers: {
      "content-type": "text/markdown; charset=utf-8",
      "content-disposition": `attachment; filename="${safe}"`,
      "cache-control": "no-store",
    },
  });
}
