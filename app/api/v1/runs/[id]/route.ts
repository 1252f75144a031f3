import { route } from "@/lib/auth/route";
import { jsonResponse } from "@/lib/contract/json";
import { queryOf } from "../../query";
import { sendStored } from "../../with-record";
import { answerOf, isOfOurs, noSuchRun, withRuns } from "../../with-runs";

/** One run as it stands now, with all that was done in it and the runbook that it follows. */
export const GET = route("GET /api/v1/runs/[id]", ({ request, params }) =>
  withRuns(async (desk) => {
    const query = queryOf(request);
    const filled = query.list("filled", ["true", "false"])?.[0] === "true";
    const bad = query.bad();
    if (bad) return bad;
    return sendStored(await desk.run(params.id), (found) =>
      found && isOfOurs(found) ? jsonResponse(answerOf(found, filled)) : noSuchRun(),
    );
  }),
);
