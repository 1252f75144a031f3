import { sourceId } from "../../../evidence/evidence";
import { message, selector } from "../../../message";
import { know } from "../../../observation";
import type { FindingRule } from "../../rule";
import { ofMember } from "../../subject";

/** After a restart the slow look follows the fast one, at its own pace. */
const HOLD_MS = 60_000;

/**
 * A server that answers, and whose sessions and statistics we still do not see: what other rules of this group watch over is then neither
 * well nor broken. Without `pg_monitor` a role sees no sessions of others. No runbook: one grant mends it, or it passes.
 */
export const statisticsUnseen: FindingRule = {
  id: "statistics-unseen",
  group: "server",
  runbook: null,
  aboutSilence: true,
  find({ evidence, state, now }) {
    return evidence.members.flatMap(({ name, postgres }) => {
      const look = state.vitals[name];
      if (postgres.state !== "fresh" || !look?.last) return [];
      const known = know(look, now);
      const blind = known.state === "fresh" && known.value.connections === null;
      if (known.state === "fresh" && !blind) return [];
      const failure = selector(look.last.failure?.kind ?? "none");
      const text = message("finding.statistics-unseen.text", { member: name, blind: blind ? "yes" : "no", failure });
      return [
        {
          severity: blind ? "warn" : "unknown",
          subject: ofMember(name),
          text,
          evidence: [{ text, sourceId: sourceId("postgres-vitals", name) }],
          holdMs: HOLD_MS,
        },
      ];
    });
  },
};
