import { route } from "@/lib/auth/route";
import { problemResponse } from "@/lib/contract/problem";
import type { Run } from "@/lib/domain/runbooks/run";
import { type Locale, pickLocale } from "@/lib/format/locale";
import { history } from "@/lib/history/current";
import { readIncident } from "@/lib/history/incidents";
import { live } from "@/lib/live/current";
import { incidentMarkdown } from "../../../clusters/[scope]/incident/markdown";
import { queryOf } from "../../../query";
import { answerOf, isOfOurs, noSuchRun, withRuns } from "../../../with-runs";
import { runMarkdown } from "./markdown";

/** What led to a run, and what came of it, is told too: so long before and after it, in ms. */
const AROUND_MS = 60_000;
/** No report can be made of days: of a longer run the last hours are told. */
const WINDOW_MAX_MS = 6 * 3_600_000;

/** The record of a run as a report, with the timeline of its cluster meanwhile. */
export const GET = route("GET /api/v1/runs/[id]/export", ({ request, params }) =>
  withRuns(async (desk) => {
    const query = queryOf(request);
    const lang = query.list("lang", ["en", "ru"])?.[0] ?? null;
    const bad = query.bad();
    if (bad) return bad;
    const stored = await desk.run(params.id);
    if (!stored.ok) return problemResponse("store-failed", `The store of runs: ${stored.failure.kind}.`);
    if (!stored.value || !isOfOurs(stored.value)) return noSuchRun();
    const locale = pickLocale(lang, request.headers.get("accept-language"));
    const { run } = stored.value;
    const cluster = live()?.snapshot(run.scope)?.title ?? run.scope;
    const { runbook } = answerOf(stored.value, true);
    const text = runMarkdown({ ...stored.value, runbook }, cluster, locale, await meanwhile(run, cluster, locale));
    return new Response(text, {
      headers: {
        "content-type": "text/markdown; charset=utf-8",
        "content-disposition": `attachment; filename="${fileName(run)}"`,
        "cache-control": "no-store",
      },
    });
  }),
);

async function meanwhile({ scope, startedAt, endedAt }: Run, cluster: string, locale: Locale): Promise<string | null> {
  const record = history();
  if (!record) return null;
  const to = Math.min(endedAt === null ? Date.now() : Date.parse(endedAt) + AROUND_MS, Date.now());
  const from = Math.max(Date.parse(startedAt) - AROUND_MS, to - WINDOW_MAX_MS);
  const report = await readIncident(record, scope, { from, to });
  return report.ok ? incidentMarkdown(report.value, cluster, locale) : null;
}

const fileName = ({ scope, runbookId, startedAt }: Run): string =>
  `${scope}-${runbookId}-${startedAt}.md`.replace(/[^\w.-]+/g, "-");
