import { randomUUID } from "node:crypto";
import type { AuditLog } from "@/lib/audit/types";
import type { Store } from "@/lib/db/types";
import { createBook } from "./book";
import { createDesk } from "./desk";
import { createDoor } from "./door";
import type { Clock } from "./types";

export type WallsParts = {
  readonly store: Store;
  readonly audit: Pick<AuditLog, "append">;
  /** For tests. */
  readonly now?: Clock;
};

/** Walls: the desk that admins make them at, and the door by which they are let in. */
export function startWalls({ store, audit, now = Date.now }: WallsParts) {
  const book = createBook(store, now);
  const desk = createDesk({ store, book, audit, now, newId: randomUUID });
  return { desk: { ...desk, close: () => book.close() }, door: createDoor({ store, book, audit }) };
}
