import { isAbsolute, join } from "node:path";
import { postgresStore } from "./postgres/store";
import { sqliteStore } from "./sqlite/store";
import { STORE_TIMEOUTS, type Store, type StoreKind, type StoreTimeouts } from "./types";

export const storeKindOf = (url: string): StoreKind => (/^postgres(ql)?:/.test(url) ? "postgres" : "sqlite");

/** The file of `sqlite:<path>`; a relative one is taken from the working folder. */
export function sqlitePathOf(url: string): string {
  const path = url.replace(/^sqlite:(\/\/(?=\/))?/, "");
  return isAbsolute(path) ? path : join(/* turbopackIgnore: true */ process.cwd(), path);
}

/** The store behind `store.url`. Touches nothing yet: it opens at its first use. */
export function openStore(url: string, timeouts: StoreTimeouts = STORE_TIMEOUTS): Store {
  return storeKindOf(url) === "sqlite" ? sqliteStore(sqlitePathOf(url), timeouts) : postgresStore(url, timeouts);
}
