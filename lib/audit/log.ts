import type { Store } from "@/lib/db/types";
import { createAppender } from "./append";
import { listRows, readAfter } from "./list";
import type { AuditLog } from "./types";
import { verifyChain } from "./verify";

/** The audit log in our own store. */
export function createAuditLog(store: Store): AuditLog {
  const append = createAppender(store);
  return {
    append: (entry, at = Date.now()) => append(entry, at),
    list: (query) => listRows(store, query),
    after: (seq, limit) => readAfter(store, seq, limit),
    verify: () => verifyChain(store),
  };
}
