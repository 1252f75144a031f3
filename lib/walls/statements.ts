import type { CompiledQuery, Kysely } from "kysely";
import type { Schema, WallTable } from "@/lib/db/schema";
import type { EpochMs } from "@/lib/domain/ids";

/** The changes of walls. Each looks at the row itself whether it may still be done, and bears being repeated. */
type Build = Kysely<Schema>;

export type NewWallRow = Pick<
  WallTable,
  "id" | "title" | "scopes" | "created_at" | "created_by" | "link_hash" | "link_until"
>;

export const insertWall = (build: Build, row: NewWallRow): CompiledQuery =>
  build
    .insertInto("wall")
    .values({ ...row, link_used: 0 })
    .onConflict((conflict) => conflict.doNothing())
    .compile();

/** A new link in the place of the one before it. */
export const armWall = (build: Build, id: string, linkHash: string, until: EpochMs): CompiledQuery =>
  build
    .updateTable("wall")
    .set({ link_hash: linkHash, link_until: until, link_used: 0 })
    .where("id", "=", id)
    .where("revoked_at", "is", null)
    // Come again after the link was opened already, it must not open the link once more.
    .where("link_hash", "<>", linkHash)
    .compile();

export type Binding = {
  readonly linkHash: string;
  readonly cookieHash: string;
  readonly from: string | null;
  readonly at: EpochMs;
};

/** Of two browsers that open one link, one becomes the wall: whose cookie's hash is in the row afterwards. */
export const bindWall = (build: Build, { linkHash, cookieHash, from, at }: Binding): CompiledQuery =>
  build
    .updateTable("wall")
    .set({ cookie_hash: cookieHash, bound_at: at, bound_from: from, seen_at: at, link_used: 1 })
    .where("link_hash", "=", linkHash)
    .where("link_used", "=", 0)
    .where("link_until", ">", at)
    .where("revoked_at", "is", null)
    .compile();

export const revokeWall = (build: Build, id: string, by: string, at: EpochMs): CompiledQuery =>
  build
    .updateTable("wall")
    .set({ revoked_at: at, revoked_by: by })
    .where("id", "=", id)
    .where("revoked_at", "is", null)
    .compile();

export const sawWall = (build: Build, id: string, at: EpochMs): CompiledQuery =>
  build
    .updateTable("wall")
    .set({ seen_at: at })
    .where("id", "=", id)
    .where((where) => where.or([where("seen_at", "is", null), where("seen_at", "<", at)]))
    .compile();

/** What was revoked long ago is forgotten; the record of it stays in the audit log. */
export const forgetWalls = (build: Build, before: EpochMs): CompiledQuery =>
  build.deleteFrom("wall").where("revoked_at", "<", before).compile();
