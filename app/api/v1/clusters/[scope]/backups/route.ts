import { route } from "@/lib/auth/route";
import { jsonResponse } from "@/lib/contract/json";
import { problemResponse } from "@/lib/contract/problem";
import { listBackups } from "@/lib/domain/backups/build";
import { withSnapshot } from "../../../with-snapshot";

/** The whole list of backups of each source, which the picture does not carry. */
export const GET = route("GET /api/v1/clusters/[scope]/backups", ({ params }) =>
  withSnapshot(params.scope, ({ scope, at, backups }, store) => {
    const state = store.state(scope);
    if (!state) return problemResponse("not-started");
    const lists = new Map(listBackups(state, backups, Date.now()).map((one) => [one.id, one.backups]));
    const sources = backups.sources.map((source) => ({ ...source, backups: lists.get(source.id) ?? [] }));
    return jsonResponse({ scope, at, sources, streams: backups.streams });
  }),
);
