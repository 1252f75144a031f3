import { route } from "@/lib/auth/route";
import {
  confirmationSchema,
  OPERATIONS_DEFAULT,
  OPERATIONS_MAX,
  type OperationsAnswer,
} from "@/lib/contract/actions/operation";
import { jsonResponse } from "@/lib/contract/json";
import { clusterScope } from "@/lib/domain/ids";
import { askerOf, bodyOf, sendRefusal, withActions } from "../../../acting";
import { queryOf } from "../../../query";
import { sendStored, withRecord } from "../../../with-record";

/** What was done on a cluster, or refused, newest first; `before` goes on from the last one of the page before. */
export const GET = route("GET /api/v1/clusters/[scope]/operations", ({ request, params }) =>
  withActions((pipeline) =>
    withRecord(params.scope, async (_record, scope) => {
      const query = queryOf(request);
      const limit = query.whole("limit", { min: 1, max: OPERATIONS_MAX }) ?? OPERATIONS_DEFAULT;
      const before = query.whole("before", { min: 1, max: Number.MAX_SAFE_INTEGER });
      const bad = query.bad();
      if (bad) return bad;
      return sendStored(await pipeline.store.operations(scope, { before, limit: limit + 1 }), (found) => {
        const operations = found.slice(0, limit);
        const last = operations.at(-1);
        const next = found.length > limit && last ? Date.parse(last.createdAt) : null;
        return jsonResponse({ scope, operations, next } satisfies { [K in keyof OperationsAnswer]: unknown });
      });
    }),
  ),
);

/** Carries out a plan, once everything was checked again. */
export const POST = route("POST /api/v1/clusters/[scope]/operations", ({ request, params, actor }) =>
  withActions(async (pipeline) => {
    const body = await bodyOf(request, confirmationSchema);
    if (body.kind === "bad") return body.response;
    const begun = await pipeline.execute(askerOf(request, actor), clusterScope(params.scope), body.value);
    return begun.kind === "ok" ? jsonResponse(begun.operation, 202) : sendRefusal(begun);
  }),
);
