import type { AuditLog } from "@/lib/audit/types";
import type { Store } from "@/lib/db/types";
import { instant } from "@/lib/domain/ids";
import type { Wall } from "@/lib/domain/wall";
import type { Book } from "./book";
import { viewOf } from "./rows";
import { hashOfSecret, newLinkToken } from "./secrets";
import { armWall, insertWall, revokeWall } from "./statements";
import type { Clock, WallAnswered, WallAsker, WallDesk, WallRecord, WallRefusal } from "./types";

export type DeskParts = {
  readonly store: Store;
  readonly book: Book;
  readonly audit: Pick<AuditLog, "append">;
  readonly now: Clock;
  readonly newId: () => string;
};

/** Whoever walks to the display has a day for it; a link that lies about for longer is worth nothing. */
export const LINK_MS = 86_400_000;

/** Makes, arms and revokes walls; each is written down first. */
export function createDesk({ store, book, audit, now, newId }: DeskParts): Omit<WallDesk, "close"> {
  async function record(
    kind: "wall-made" | "wall-armed" | "wall-revoked",
    { name, role, from }: WallAsker,
    wall: Pick<Wall, "id" | "title" | "scopes">,
  ): Promise<WallRefusal | null> {
    const data = { wallId: wall.id, title: wall.title, scopes: wall.scopes };
    const nothing = { scope: null, reason: null, action: null, operationId: null, planId: null };
    const written = await audit.append({ kind, actor: name, role, from, data, ...nothing }, now());
    return written.ok ? null : storeFailed(`It could not be written down who asks for it (${written.failure.kind}).`);
  }

  /** The wall, when it is there and in use, as the store has it now. */
  async function inUse(id: string): Promise<WallAnswered<WallRecord>> {
    if (!(await book.refreshed())) return storeFailed("The walls cannot be read now.");
    const found = book.all().find((one) => one.id === id);
    if (!found) return refused("not-found", "There is no such wall.");
    return found.revoked === null ? { kind: "ok", value: found } : refused("not-open", "It was revoked already.");
  }

  const after = (id: string) => book.all().find((one) => one.id === id);

  return {
    async list() {
      if (!(await book.refreshed())) {
        return { ok: false, failure: { kind: "unavailable", text: "the walls cannot be read now" } };
      }
      return { ok: true, value: book.all().map(viewOf) };
    },

    async make(asker, title, scopes) {
      const [id, token, at] = [newId(), newLinkToken(), now()];
      const unrecorded = await record("wall-made", asker, { id, title, scopes });
      if (unrecorded) return unrecorded;
      const row = {
        id,
        title,
        scopes: scopes === null ? null : JSON.stringify(scopes),
        created_at: at,
        created_by: asker.name,
        link_hash: hashOfSecret(token),
        link_until: at + LINK_MS,
      };
      await book.write([insertWall(store.build, row)]);
      const made = after(id);
      return made ? { kind: "ok", value: { wall: viewOf(made), token } } : storeFailed("It could not be stored.");
    },

    async arm(asker, id) {
      const found = await inUse(id);
      if (found.kind !== "ok") return found;
      const unrecorded = await record("wall-armed", asker, found.value);
      if (unrecorded) return unrecorded;
      const token = newLinkToken();
      await book.write([armWall(store.build, id, hashOfSecret(token), now() + LINK_MS)]);
      const armed = after(id);
      if (armed?.linkHash === hashOfSecret(token)) return { kind: "ok", value: { wall: viewOf(armed), token } };
      return armed?.revoked ? refused("not-open", "It was revoked already.") : storeFailed("It could not be stored.");
    },

    async revoke(asker, id) {
      const found = await inUse(id);
      if (found.kind !== "ok") return found;
      const unrecorded = await record("wall-revoked", asker, found.value);
      if (unrecorded) return unrecorded;
      const at = now();
      const written = await book.write([revokeWall(store.build, id, asker.name, at)]);
      const stored = after(id);
      if (stored?.revoked) return { kind: "ok", value: viewOf(stored) };
      if (written.ok) {
        const revoked = { ...found.value, revoked: { at: instant(at), by: asker.name } };
        book.put(revoked);
        return { kind: "ok", value: viewOf(revoked) };
      }
      return storeFailed("It could not be stored: the wall may still be signed in.");
    },
  };
}

const refused = (code: WallRefusal["code"], detail: string): WallRefusal => ({ kind: "refused", code, detail });
const storeFailed = (detail: string): WallRefusal => refused("store-failed", detail);
