import { route } from "@/lib/auth/route";
import { runCommandSchema } from "@/lib/contract/runs";
import { bodyOf } from "../../../acting";
import { runAskerOf, sendRun, withRuns } from "../../../with-runs";

/** What a person does to a run, at the version that they saw; answers the run as it is then. */
export const POST = route("POST /api/v1/runs/[id]/commands", ({ request, params, actor }) =>
  withRuns(async (desk) => {
    const body = await bodyOf(request, runCommandSchema);
    if (body.kind === "bad") return body.response;
    const { version, command } = body.value;
    return sendRun(await desk.command(runAskerOf(request, actor), params.id, version, command));
  }),
);
