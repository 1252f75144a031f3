import { route } from "@/lib/auth/route";
import { config } from "@/lib/config/current";
import { jsonResponse } from "@/lib/contract/json";
import { problemResponse } from "@/lib/contract/problem";
import { withActions } from "../../acting";
import { sendStored } from "../../with-record";

/** One operation as it is written down. */
export const GET = route("GET /api/v1/operations/[id]", ({ params }) =>
  withActions(async (pipeline) =>
    sendStored(await pipeline.store.operation(params.id), (operation) => {
      const known = operation && config().clusters.some(({ scope }) => scope === operation.scope);
      return known ? jsonResponse(operation) : problemResponse("not-found", "There is no such operation.");
    }),
  ),
);
