import { freshOf, sourceId } from "../../../evidence/evidence";
import { message } from "../../../message";
import type { FindingRule } from "../../rule";
import { ofMember } from "../../subject";
import { freshVitals } from "./fresh-vitals";

/** A burst of logins passes by itself. */
const HOLD_MS = 10_000;
/** Sessions come and go: the text is to stand for a while. */
const STEP_PERCENT = 5;

/** Connections of clients against what is left of `max_connections` without those kept for superusers. */
export const connectionsNearLimit: FindingRule = {
  id: "connections-near-limit",
  group: "server",
  runbook: "pgbouncer-exhausted",
  find(input) {
    const { connectionsWarnPercent, connectionsCriticalPercent } = input.limits;
    return freshVitals(input).flatMap(({ name, vitals }) => {
      const postgres = input.evidence.byName.get(name)?.postgres;
      const { connections = null } = (postgres && freshOf(postgres)) ?? {};
      const usable = vitals.maxConnections - vitals.reservedConnections;
      if (connections === null || usable <= 0) return [];
      const percent = (100 * connections) / usable;
      if (percent < connectionsWarnPercent) return [];
      const rounded = Math.min(100, Math.floor(percent / STEP_PERCENT) * STEP_PERCENT);
      const text = message("finding.connections-near-limit.text", { member: name, percent: rounded, limit: usable });
      return [
        {
          severity: percent >= connectionsCriticalPercent ? "critical" : "warn",
          subject: ofMember(name),
          text,
          evidence: [
            { text, sourceId: sourceId("postgres", name) },
            {
              text: message("finding.connections-near-limit.limit", {
                member: name,
                max: vitals.maxConnections,
                reserved: vitals.reservedConnections,
              }),
              sourceId: sourceId("postgres-vitals", name),
            },
          ],
          holdMs: HOLD_MS,
        },
      ];
    });
  },
};
