import { freshOf, sourceId } from "../../../evidence/evidence";
import { message } from "../../../message";
import type { FindingRule } from "../../rule";
import { ofMember } from "../../subject";

const HOLD_MS = 20_000;

/**
 * Patroni says of itself that it could not arm the watchdog that it is to have: such a member does not become leader. Whether one is wanted is
 * in each member's own file and nowhere else, so its absence is seen only where Patroni complains of it; paused, it disarms it by itself.
 */
export const watchdogAbsent: FindingRule = {
  id: "watchdog-absent",
  group: "server",
  runbook: "patroni-does-not-start",
  find({ evidence, picture }) {
    if (picture.paused !== false) return [];
    return evidence.members.flatMap(({ name, patroni }) => {
      if (freshOf(patroni)?.watchdogFailed !== true) return [];
      const text = message("finding.watchdog-absent.text", { member: name });
      const basis = [{ text, sourceId: sourceId("patroni", name) }];
      return [{ severity: "warn", subject: ofMember(name), text, evidence: basis, holdMs: HOLD_MS }];
    });
  },
};
