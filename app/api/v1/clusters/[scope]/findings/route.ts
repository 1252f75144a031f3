import { route } from "@/lib/auth/route";
import { jsonResponse } from "@/lib/contract/json";
import { withSnapshot } from "../../../with-snapshot";

export const GET = route("GET /api/v1/clusters/[scope]/findings", ({ params }) =>
  withSnapshot(params.scope, ({ scope, version, at, findings }) => jsonResponse({ scope, version, at, findings })),
);
