import { freshOf, sourceId } from "../../../evidence/evidence";
import type { PendingRestartReason } from "../../../facts";
import { message } from "../../../message";
import type { FindingRule } from "../../rule";
import { ofMember } from "../../subject";

const NAMED_MAX = 5;

/** Settings that were changed and wait for a restart of PostgreSQL. Patroni says which from 4.0 on. */
export const pendingRestart: FindingRule = {
  id: "pending-restart",
  group: "server",
  runbook: "settings-restart",
  find({ evidence, state }) {
    const dcs = freshOf(evidence.dcs);
    return evidence.members.flatMap(({ name, patroni }) => {
      const own = freshOf(patroni);
      const key = dcs?.members.find((one) => one.name === name);
      const by = own?.pendingRestart ? own : key?.pendingRestart ? key : null;
      if (by === null) return [];
      const text = message("finding.pending-restart.text", { member: name, ...named(by.pendingRestartReasons) });
      const source = by === own ? sourceId("patroni", name) : sourceId(state.dcs.source, state.dcs.target);
      return [{ severity: "info", subject: ofMember(name), text, evidence: [{ text, sourceId: source }] }];
    });
  },
  /** What waits for a restart differs until then. */
  explains: (own, other) =>
    other.rule === "settings-differ" && String(own.text.params.settings).split(", ").includes(other.subject.name),
};

function named(reasons: readonly PendingRestartReason[]) {
  const settings = reasons.map(({ setting }) => setting);
  const more = Math.max(0, settings.length - NAMED_MAX);
  return { count: settings.length, settings: settings.slice(0, NAMED_MAX).join(", "), more };
}
