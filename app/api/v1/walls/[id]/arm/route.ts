import { route } from "@/lib/auth/route";
import { sendLink, sendWall, wallAskerOf, withWalls } from "../../../with-walls";

/** A new link, for another browser to become this wall; the one before it is dead. */
export const POST = route("POST /api/v1/walls/[id]/arm", ({ request, params, actor }) =>
  withWalls(async (desk) =>
    sendWall(await desk.arm(wallAskerOf(request, actor), params.id), (armed) => sendLink(request, armed)),
  ),
);
