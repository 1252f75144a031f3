import { route } from "@/lib/auth/route";
import { jsonResponse } from "@/lib/contract/json";
import { withSnapshot } from "../../with-snapshot";

export const GET = route("GET /api/v1/clusters/[scope]", ({ params }) =>
  withSnapshot(params.scope, (snapshot) => jsonResponse(snapshot)),
);
