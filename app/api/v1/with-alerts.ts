import { alerts } from "@/lib/alerts/current";
import type { AlertAsker, AlertDesk, AlertRefusal } from "@/lib/alerts/types";
import type { Actor } from "@/lib/auth/actor";
import { peerOf } from "@/lib/auth/peer";
import { config } from "@/lib/config/current";
import { problemResponse } from "@/lib/contract/problem";

/** Answers by the desk of alerts; a problem until it was started. */
export async function withAlerts(answer: (desk: AlertDesk) => Promise<Response> | Response): Promise<Response> {
  const desk = alerts();
  return desk ? answer(desk) : problemResponse("not-started");
}

export const alertAskerOf = (request: Request, { name, role }: Actor): AlertAsker => ({
  name,
  role,
  from: peerOf(request.headers, config().server),
});

export const sendAlertRefusal = ({ code, detail }: AlertRefusal): Response => problemResponse(code, detail);
