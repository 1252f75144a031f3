import { route } from "@/lib/auth/route";
import { jsonResponse } from "@/lib/contract/json";
import document from "@/openapi.json";

export const GET = route("GET /api/v1/openapi.json", () => jsonResponse(document));
