import { route } from "@/lib/auth/route";
import { jsonResponse } from "@/lib/contract/json";
import type { Me } from "@/lib/contract/small-answers";
import { instant } from "@/lib/domain/ids";

export const GET = route("GET /api/v1/me", ({ actor }) => {
  const expiresAt = actor.kind === "user" ? instant(actor.expiresAtMs) : null;
  const me: Me = { kind: actor.kind, name: actor.name, role: actor.role, expiresAt };
  return jsonResponse(me);
});
