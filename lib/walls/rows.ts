import type { WallTable } from "@/lib/db/schema";
import { clusterScope, type EpochMs, type Instant, instant } from "@/lib/domain/ids";
import type { Wall } from "@/lib/domain/wall";
import type { WallRecord } from "./types";

/** A row as what it stands for. Null for one whose scopes somebody has spoilt: it must not see more than it was meant to. */
export function wallOf(row: WallTable): WallRecord | null {
  const scopes = scopesOf(row.scopes);
  if (scopes === undefined) return null;
  return {
    id: row.id,
    title: row.title,
    scopes,
    createdAt: instant(row.created_at),
    createdBy: row.created_by,
    linkUntil: row.link_used === 1 ? null : instant(row.link_until),
    boundAt: momentOf(row.bound_at),
    boundFrom: row.bound_from,
    seenAt: momentOf(row.seen_at),
    revoked: row.revoked_at === null ? null : { at: instant(row.revoked_at), by: row.revoked_by ?? "" },
    linkHash: row.link_hash,
    linkUsed: row.link_used === 1,
    cookieHash: row.cookie_hash,
  };
}

/** What others may know of it. */
export function viewOf({ linkHash: _link, linkUsed: _used, cookieHash: _cookie, ...wall }: WallRecord): Wall {
  return wall;
}

const momentOf = (at: EpochMs | null): Instant | null => (at === null ? null : instant(at));

function scopesOf(text: string | null): Wall["scopes"] | undefined {
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    if (Array.isArray(value)) return value.map((scope) => clusterScope(String(scope)));
  } catch {
    // Falls through: it is left out, with a word in the log.
  }
  console.error("The store holds a wall that cannot be read.");
  return undefined;
}
