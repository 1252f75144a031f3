import type { AuditLog } from "@/lib/audit/types";
import type { EnteredWall, SeenWall, WallDoor } from "@/lib/auth/wall-door";
import type { Store } from "@/lib/db/types";
import type { EpochMs } from "@/lib/domain/ids";
import type { Book } from "./book";
import { hashOfSecret, newCookieSecret } from "./secrets";
import { bindWall } from "./statements";
import type { WallRecord } from "./types";

export type DoorParts = {
  readonly store: Store;
  readonly book: Book;
  readonly audit: Pick<AuditLog, "append">;
};

type RefusalCode = Extract<EnteredWall, { kind: "refused" }>["code"];

/** A link that somebody keeps opening must not fill the record. */
const REFUSAL_EVERY_MS = 60_000;

/** Lets walls in: by a link once, then by the cookie that the link was exchanged for. */
export function createDoor({ store, book, audit }: DoorParts): WallDoor {
  const refusals = new Map<string, EpochMs>();

  const living = (secret: string): WallRecord | null => {
    const found = book.byCookie(hashOfSecret(secret));
    return found && found.revoked === null ? found : null;
  };
  const record = (
    kind: "wall-bound" | "wall-refused",
    wall: WallRecord,
    from: string | null,
    at: EpochMs,
    more: Readonly<Record<string, unknown>>,
  ) => {
    const data = { wallId: wall.id, ...more };
    const nothing = { scope: null, reason: null, action: null, operationId: null, planId: null };
    return audit.append(
      { kind, actor: wall.title, role: kind === "wall-bound" ? "viewer" : null, from, data, ...nothing },
      at,
    );
  };

  async function refuse(wall: WallRecord, code: RefusalCode, from: string | null, at: EpochMs): Promise<EnteredWall> {
    if (at - (refusals.get(wall.id) ?? Number.NEGATIVE_INFINITY) >= REFUSAL_EVERY_MS) {
      refusals.set(wall.id, at);
      await record("wall-refused", wall, from, at, { code });
    }
    return { kind: "refused", code };
  }

  return {
    async see(secret: string): Promise<SeenWall> {
      const asRead = book.known() ? living(secret) : null;
      // Another dashboard on this store may have let the wall in a moment ago.
      if (!asRead && !(await book.refreshed())) return { kind: "unknown" };
      const wall = asRead ?? living(secret);
      if (!wall) return { kind: "none" };
      book.saw(wall.id);
      const { id, title, scopes } = wall;
      return { kind: "ok", actor: { kind: "wall", id, name: title, role: "viewer", scopes } };
    },

    holds(secret: string): boolean {
      const wall = living(secret);
      if (wall) book.saw(wall.id);
      return wall !== null;
    },

    async enter(token: string, present: string | null, from: string | null, at: EpochMs): Promise<EnteredWall> {
      if (!(await book.refreshed())) return { kind: "refused", code: "store-failed" };
      const linkHash = hashOfSecret(token);
      const wall = book.byLink(linkHash);
      const own = present === null ? null : living(present);
      const code = wall ? hindranceOf(wall, at) : "not-found";
      if (code !== null || !wall) {
        // A display that starts with the link in its address, every morning.
        if (own) return { kind: "already", title: own.title };
        return wall && code ? refuse(wall, code, from, at) : { kind: "refused", code: "not-found" };
      }
      const written = await record("wall-bound", wall, from, at, { again: wall.boundAt !== null });
      if (!written.ok) return { kind: "refused", code: "store-failed" };
      const secret = newCookieSecret();
      await book.write([bindWall(store.build, { linkHash, cookieHash: hashOfSecret(secret), from, at })]);
      if (living(secret)) return { kind: "entered", title: wall.title, secret };
      const now = book.byLink(linkHash);
      if (!now) return refuse(wall, "link-over", from, at);
      const lost = hindranceOf(now, at);
      return lost ? refuse(now, lost, from, at) : { kind: "refused", code: "store-failed" };
    },
  };
}

/** Why a link lets nobody in; null: it does. */
function hindranceOf(wall: WallRecord, at: EpochMs): "link-used" | "link-over" | null {
  if (wall.revoked !== null) return "link-over";
  if (wall.linkUsed) return "link-used";
  return wall.linkUntil !== null && Date.parse(wall.linkUntil) > at ? null : "link-over";
}
