import { route } from "@/lib/auth/route";
import type { NotifiersAnswer } from "@/lib/contract/alerts";
import { jsonResponse } from "@/lib/contract/json";
import { withAlerts } from "../../with-alerts";

/** Who is told of alerts, and how the last message went; no address and no secret is among it. */
export const GET = route("GET /api/v1/alerts/notifiers", () =>
  withAlerts((desk) =>
    jsonResponse({ notifiers: desk.notifiers(), deadMan: desk.deadMan() } satisfies {
      [K in keyof NotifiersAnswer]: unknown;
    }),
  ),
);
