import { createAuditLog } from "@/lib/audit/log";
import type { AuditLog } from "@/lib/audit/types";
import type { Store } from "@/lib/db/types";
import { createActionStore } from "./store";
import type { ActionStore } from "./types";

/** What acting keeps in our own store; `store` is that of the record (`openRecord`), opened once a process. */
export const openActionStores = (store: Store): { readonly actionStore: ActionStore; readonly audit: AuditLog } => ({
  actionStore: createActionStore(store),
  audit: createAuditLog(store),
});
