import { actions } from "@/lib/actions/current";
import { route } from "@/lib/auth/route";
import { AUDIT_DEFAULT, AUDIT_MAX, type AuditPageAnswer } from "@/lib/contract/audit";
import { jsonResponse } from "@/lib/contract/json";
import { problemResponse } from "@/lib/contract/problem";
import { AUDIT_KINDS } from "@/lib/domain/audit";
import { queryOf } from "../query";
import { sendStored } from "../with-record";

/** What was done, newest first; `verify=1` asks whether the chain is whole. `before` goes on from the last row of the page before. */
export const GET = route("GET /api/v1/audit", async ({ request }) => {
  const query = queryOf(request);
  const verify = query.whole("verify", { min: 0, max: 1 }) === 1;
  const limit = query.whole("limit", { min: 1, max: AUDIT_MAX }) ?? AUDIT_DEFAULT;
  const asked = {
    from: query.moment("from"),
    to: query.moment("to"),
    kinds: query.list("kind", AUDIT_KINDS),
    scope: query.text("scope", 300),
    actor: query.text("actor", 300),
    action: query.text("action", 100),
    operationId: query.text("operation", 100),
    search: query.text("search", 300),
    beforeSeq: query.whole("before", { min: 1, max: Number.MAX_SAFE_INTEGER }),
  };
  const bad = query.bad();
  if (bad) return bad;
  const audit = actions()?.audit;
  if (!audit) return problemResponse("not-started");
  if (verify) return sendStored(await audit.verify(), jsonResponse);
  return sendStored(await audit.list({ ...asked, limit: limit + 1 }), (found) => {
    const rows = found.slice(0, limit);
    const next = found.length > limit ? (rows.at(-1)?.seq ?? null) : null;
    return jsonResponse({ rows, next } satisfies { [K in keyof AuditPageAnswer]: unknown });
  });
});
