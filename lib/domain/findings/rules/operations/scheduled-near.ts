import { sourceId } from "../../../evidence/evidence";
import { memberName } from "../../../ids";
import { message } from "../../../message";
import type { FindingDraft, FindingRule } from "../../rule";
import { CLUSTER, ofMember } from "../../subject";

/** Patroni will switch over, or restart a member, by itself, and soon. */
export const scheduledNear: FindingRule = {
  id: "scheduled-near",
  group: "operations",
  runbook: "planned-switchover",
  find({ picture, evidence, state, limits, now }) {
    if (evidence.dcs.state !== "fresh") return [];
    return picture.scheduled.flatMap(({ kind, at, from, to }): FindingDraft[] => {
      const ahead = Date.parse(at) - now;
      if (ahead < 0 || ahead > limits.scheduledNearMs) return [];
      const text = message("finding.scheduled-near.text", { kind, at, from: from ?? "none", to: to ?? "none" });
      const rests = [{ text, sourceId: sourceId(state.dcs.source, state.dcs.target) }];
      const subject = kind === "restart" && from !== null ? ofMember(memberName(from)) : CLUSTER;
      return [{ severity: "info", subject, key: kind, text, evidence: rests }];
    });
  },
};
