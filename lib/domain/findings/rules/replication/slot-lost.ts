import { sourceId } from "../../../evidence/evidence";
import { message } from "../../../message";
import type { FindingRule } from "../../rule";
import { slotsOf } from "./slots";

/** A slot that has fallen behind `max_slot_wal_keep_size`: its WAL is gone (`lost`) or goes at the next checkpoint (`unreserved`). */
export const slotLost: FindingRule = {
  id: "slot-lost",
  group: "replication",
  runbook: "replica-broken",
  find(input) {
    return slotsOf(input).flatMap(({ slot, server, onPrimary, of, subject }) => {
      const { name, walStatus } = slot;
      if (!onPrimary || (walStatus !== "lost" && walStatus !== "unreserved")) return [];
      const params = { slot: name, server, status: walStatus, owner: of === null ? "nobody" : "member" };
      const text = message("finding.slot-lost.text", params);
      const evidence = [{ text, sourceId: sourceId("postgres", server) }];
      const severity = walStatus === "lost" && of !== null ? "critical" : "warn";
      return [{ severity, subject, text, evidence }];
    });
  },
  /** The member of that slot finds no WAL to go on from. */
  explains: (own, other) =>
    own.subject.member !== null && other.rule === "receiver-stopped" && other.subject.member === own.subject.member,
};
