import { sourceId } from "../../../evidence/evidence";
import { message } from "../../../message";
import { roughBytes } from "../../amounts";
import type { Severity } from "../../finding";
import type { FindingLimits } from "../../limits";
import type { FindingRule } from "../../rule";
import { type SlotOnServer, slotsOf } from "./slots";

/** A consumer that is being restarted leaves its slot for some seconds. */
const HOLD_MS = 60_000;

/** A slot that nobody reads from, and that holds WAL or belongs to no member. */
export const slotInactive: FindingRule = {
  id: "slot-inactive",
  group: "replication",
  runbook: "slot-fills-disk",
  find(input) {
    return slotsOf(input).flatMap((one) => {
      const severity = severityOf(one, input.limits);
      if (severity === null) return [];
      const { slot, server, of } = one;
      const held = roughBytes(slot.retainedBytes ?? 0);
      const owner = of === null ? "nobody" : "member";
      const text = message("finding.slot-inactive.text", { slot: slot.name, server, owner, ...held });
      const evidence = [{ text, sourceId: sourceId("postgres", server) }];
      return [{ severity, subject: one.subject, text, evidence, holdMs: HOLD_MS }];
    });
  },
  /** Replicas keep copies of the slot, and hold WAL for the same absent reader. */
  explains: (own, other, { leader }) =>
    other.rule === own.rule &&
    own.subject.name.split("/")[0] === leader?.name &&
    own.subject.name.split("/")[1] === other.subject.name.split("/")[1],
};

function severityOf({ slot, onPrimary, of }: SlotOnServer, limits: FindingLimits): Severity | null {
  if (slot.active || slot.walStatus === "lost") return null;
  const bytes = slot.retainedBytes ?? 0;
  if (bytes >= limits.slotCriticalBytes) return "critical";
  if (bytes >= limits.slotWarnBytes) return "warn";
  return onPrimary && of === null ? "info" : null;
}
