import type { BackendFacts, PlanContext } from "../../actions/facts";
import type { Check } from "../../actions/plan";
import { freshOf } from "../../evidence/evidence";
import { message } from "../../message";
import { seenBackend } from "./backend-session";
import { block, pass, warn } from "./check";
import { dcsOf, isSync, leaderOf, membersOf, synchronousMode } from "./look";
import { seenDcs } from "./seen";

/** Processes of the server itself: to end one is to end the server, or does nothing. */
const OF_THE_SERVER: ReadonlySet<string> = new Set([
  "archiver",
  "autovacuum launcher",
  "background writer",
  "checkpointer",
  "io worker",
  "logger",
  "logical replication launcher",
  "slotsync worker",
  "startup",
  "walreceiver",
  "walsummarizer",
  "walwriter",
]);
/** What PostgreSQL writes into the query of a vacuum that it must not put off. */
const TO_PREVENT_WRAPAROUND = "to prevent wraparound";

/** What kind of process it is, and what it means to stop that kind. WAL senders have warnings of their own. */
export function backendKind(context: PlanContext, backend: BackendFacts): Check {
  const id = "backend-kind";
  const { backendType, query } = backend;
  const evidence = [seenBackend(context, backend)];
  if (backendType === "client backend" || backendType === "walsender")
    return pass(context, id, message("preflightOther.backend-kind.session", { type: backendType }), evidence);
  if (OF_THE_SERVER.has(backendType)) {
    const text = message("preflightOther.backend-kind.server", { type: backendType });
    return block(context, id, text, message("preflightOther.backend-kind.server-advice"), evidence);
  }
  if (backendType === "autovacuum worker") {
    const urgent = query === null ? "unknown" : query.includes(TO_PREVENT_WRAPAROUND) ? "wraparound" : "autovacuum";
    const advice = message(`preflightOther.backend-kind.${urgent}-advice`);
    return warn(context, id, message(`preflightOther.backend-kind.${urgent}`), advice, evidence);
  }
  const advice = message("preflightOther.backend-kind.worker-advice");
  return warn(context, id, message("preflightOther.backend-kind.worker", { type: backendType }), advice, evidence);
}

/** Two warnings for a WAL sender, each ticked for itself: that it is one, and whom it feeds. */
export function senderWarnings(
  context: PlanContext,
  backend: BackendFacts,
  action: "backend-cancel" | "backend-terminate",
): readonly Check[] {
  if (backend.backendType !== "walsender") return [];
  const evidence = [seenBackend(context, backend)];
  const receiver = backend.application ?? backend.clientAddress ?? "?";
  const ends = action === "backend-terminate" ? "terminate" : "cancel";
  const what = message("preflightOther.backend-sender.text", { ends });
  const first = warn(context, "backend-wal-sender", what, message("preflightOther.backend-sender.advice"), evidence);
  return [first, feeds(context, receiver)];
}

function feeds(context: PlanContext, receiver: string): Check {
  const id = "backend-wal-sender-of";
  const view = freshOf(dcsOf(context));
  const member = membersOf(context).find((name) => name.toLowerCase() === receiver.toLowerCase());
  const evidence = [seenDcs(context)];
  const advice = message("preflightOther.backend-sender.of-advice");
  if (member === undefined)
    return warn(context, id, message("preflightOther.backend-sender.of-stranger", { receiver }), advice, evidence);
  const sync = view !== null && synchronousMode(view) !== "off" && isSync(view, member);
  const others = membersOf(context).filter((name) => name !== member && name !== leaderOf(context)).length;
  const key = sync ? "of-sync" : others === 0 ? "of-only" : "of-member";
  return warn(context, id, message(`preflightOther.backend-sender.${key}`, { receiver: member }), advice, evidence);
}
