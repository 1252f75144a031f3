import type { StoredEvent } from "@/lib/domain/events/event";
import { clusterScope, type Instant } from "@/lib/domain/ids";
import { message } from "@/lib/domain/message";

/** An event of the record for tests of what is drawn from it. */
export const storedEvent = (id: number, at: string, over: Partial<StoredEvent> = {}): StoredEvent => ({
  id,
  scope: clusterScope("demo"),
  at: at as Instant,
  notBefore: null,
  kind: "leader",
  severity: "warn",
  subject: "node2",
  text: message("history.newLeader", { name: "node2" }),
  data: {},
  source: "observed",
  dedupe: null,
  ...over,
});
