import { failureOf, sourceId } from "../../../evidence/evidence";
import { message } from "../../../message";
import { STALE_AFTER_INTERVALS } from "../../../observation";
import { TOO_MANY_CONNECTIONS } from "../../../vitals/facts";
import type { FindingRule } from "../../rule";
import { ofMember } from "../../subject";

const HOLD_MS = 10_000;

/** The server refused our own login because all its connections are taken. It rests on a refusal, so what was known before is stale. */
export const connectionsExhausted: FindingRule = {
  id: "connections-exhausted",
  group: "server",
  runbook: "pgbouncer-exhausted",
  aboutSilence: true,
  find({ evidence, state, now }) {
    return evidence.members.flatMap(({ name, postgres }) => {
      const failure = failureOf(postgres);
      const look = state.postgres[name];
      const refusedLately = look?.last && now - look.last.at <= look.intervalMs * STALE_AFTER_INTERVALS;
      if (!refusedLately || !failure?.text.includes(TOO_MANY_CONNECTIONS)) return [];
      const text = message("finding.connections-exhausted.text", { member: name });
      const basis = [{ text, sourceId: sourceId("postgres", name) }];
      return [{ severity: "critical", subject: ofMember(name), text, evidence: basis, holdMs: HOLD_MS }];
    });
  },
  explains: (own, other) =>
    other.rule === "source-silent" &&
    (other.subject.name === `postgres:${own.subject.name}` || other.subject.name === `pgbouncer:${own.subject.name}`),
};
