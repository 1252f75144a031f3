import { actions } from "@/lib/actions/current";
import { alerts } from "@/lib/alerts/current";
import { route } from "@/lib/auth/route";
import { history } from "@/lib/history/current";
import { live } from "@/lib/live/current";
import { CONTENT_TYPE, renderMetrics } from "@/lib/metrics/render";
import { streamClients } from "@/lib/metrics/stream-clients";
import packageJson from "@/package.json";

/** What cannot be asked has no lines; the answer itself comes whatever fails, for silence would look like our own death. */
export const GET = route("GET /api/metrics", async () => {
  const pictures = live();
  const told = alerts();
  const counted = await actions()?.store.counts();
  const text = await renderMetrics({
    now: Date.now(),
    version: packageJson.version,
    pictures: (pictures?.scopes() ?? []).map((scope) => ({ scope, snapshot: pictures?.snapshot(scope) ?? null })),
    streamClients: streamClients(),
    store: history()?.status() ?? null,
    operations: counted?.ok ? counted.value : null,
    alerting: told && {
      attempts: told.attempts().map(({ notifier, outcome, count }) => ({ notifier, outcome, count })),
      waiting: told.waiting(),
      notifiers: told.notifiers().map(({ name, failing }) => ({ name, failing })),
      deadMan: told.deadMan(),
    },
  });
  return new Response(text, { headers: { "content-type": CONTENT_TYPE, "cache-control": "no-store" } });
});
