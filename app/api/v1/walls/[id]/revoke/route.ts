import { route } from "@/lib/auth/route";
import { jsonResponse } from "@/lib/contract/json";
import { sendWall, wallAskerOf, withWalls } from "../../../with-walls";

/** Signs a wall out for good; what it is fed ends within a heartbeat. */
export const POST = route("POST /api/v1/walls/[id]/revoke", ({ request, params, actor }) =>
  withWalls(async (desk) => sendWall(await desk.revoke(wallAskerOf(request, actor), params.id), jsonResponse)),
);
