import type { Actor } from "@/lib/auth/actor";
import { originOf } from "@/lib/auth/origin";
import { peerOf } from "@/lib/auth/peer";
import { config } from "@/lib/config/current";
import { jsonResponse } from "@/lib/contract/json";
import { problemResponse } from "@/lib/contract/problem";
import type { WallLink } from "@/lib/contract/walls";
import { walls } from "@/lib/walls/current";
import type { ArmedWall, WallAnswered, WallAsker, WallDesk } from "@/lib/walls/types";

/** Answers by the desk of walls; a problem until it was started. */
export async function withWalls(answer: (desk: WallDesk) => Promise<Response>): Promise<Response> {
  const desk = walls();
  return desk ? answer(desk) : problemResponse("not-started");
}

export const wallAskerOf = (request: Request, { name, role }: Actor): WallAsker => ({
  name,
  role,
  from: peerOf(request.headers, config().server),
});

export const sendWall = <T>(answered: WallAnswered<T>, send: (value: T) => Response): Response =>
  answered.kind === "ok" ? send(answered.value) : problemResponse(answered.code, answered.detail);

/** The link under the address by which the admin reaches us; a configured public address wins. */
export function sendLink(request: Request, { wall, token }: ArmedWall, status = 200): Response {
  const { server } = config();
  const origin = server.publicUrl ?? originOf(request.headers, server);
  if (origin === null) return problemResponse("bad-request", "The Host header is missing or odd.");
  const link = `${origin.replace(/\/+$/, "")}/wall?token=${token}`;
  return jsonResponse({ wall, link } satisfies WallLink, status);
}
