import { z } from "zod";
import type { Wall } from "@/lib/domain/wall";
import { type DeepReadonly, instantSchema, type Same, scopeSchema } from "./scalars";

/** Walls as they cross the network; equal to the domain's type, which the compiler proves below. */
export const wallSchema = z.object({
  id: z.string(),
  title: z.string(),
  scopes: z.array(scopeSchema).nullable().describe("Null: every cluster"),
  createdAt: instantSchema,
  createdBy: z.string(),
  linkUntil: instantSchema.nullable().describe("Until when its newest link can be opened; null: it was used"),
  boundAt: instantSchema.nullable().describe("When a browser last became this wall"),
  boundFrom: z.string().nullable(),
  seenAt: instantSchema.nullable(),
  revoked: z.object({ at: instantSchema, by: z.string() }).nullable(),
});
true satisfies Same<DeepReadonly<z.output<typeof wallSchema>>, Wall>;

/** `GET /walls`: those that are in use, and those that were revoked within the last 30 days; the newest first. */
export const wallsSchema = z.object({ walls: z.array(wallSchema) });
export type WallsAnswer = DeepReadonly<z.output<typeof wallsSchema>>;

const TITLE_MAX = 100;
/** `POST /walls` */
export const newWallSchema = z.strictObject({
  title: z.string().trim().min(1, { error: "where it hangs, in at least one word" }).max(TITLE_MAX),
  scopes: z.array(z.string().min(1).max(100)).min(1).max(200).nullable().describe("Null: every cluster"),
});
export type NewWall = z.input<typeof newWallSchema>;

/** `POST /walls` and `POST /walls/{id}/arm`: the only answers that hold a link, and each link is told once. */
export const wallLinkSchema = z.object({
  wall: wallSchema,
  link: z.string().describe("To be opened once, on the wall itself"),
});
export type WallLink = DeepReadonly<z.output<typeof wallLinkSchema>>;

/** `POST /api/walls/enter`: what a browser sends that opened a wall's link. */
export const enterWallSchema = z.strictObject({ token: z.string().min(1).max(512) });
export const enteredWallSchema = z.object({ title: z.string() });
