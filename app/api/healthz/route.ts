import { route } from "@/lib/auth/route";
import { jsonResponse } from "@/lib/contract/json";

/** 200 as long as the process answers at all. */
export const GET = route("GET /api/healthz", () => jsonResponse({ status: "alive" }));
