import { instant } from "@/lib/domain/ids";
import type { StoreView } from "@/lib/domain/store";
import { history } from "./current";
import type { StoreStatus } from "./types";

/** How the process's record does; null where none is kept. */
export function storeNow(): StoreView | null {
  const record = history();
  return record && storeViewOf(record.status());
}

/** What a picture says of the store. While all is well nothing in it moves, so that a quiet cluster's picture stays quiet. */
export function storeViewOf(status: StoreStatus): StoreView {
  const well = status.state === "ok";
  return {
    kind: status.kind,
    state: status.state,
    since: instant(status.since),
    lastWriteAt: well || status.lastWriteAt === null ? null : instant(status.lastWriteAt),
    failure: status.failure,
    waiting: well ? 0 : status.waiting,
    dropped: status.dropped,
  };
}
