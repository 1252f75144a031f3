import type { PlanContext } from "../../actions/facts";
import type { Check } from "../../actions/plan";
import { freshOf } from "../../evidence/evidence";
import type { MemberName } from "../../ids";
import { message } from "../../message";
import { block, pass, warn } from "./check";
import { dcsOf, patroniOf } from "./look";
import { seenDcs, seenPatroni } from "./seen";

/**
 * Does the right member answer at the very address that would be called: by name, scope and system identifier? An address can move to
 * another host. What its answer leaves out (no name before Patroni 3.2) cannot be compared, and is said.
 */
export function identity(context: PlanContext, member: MemberName, id: string): Check {
  const evidence = [seenPatroni(context, member), seenDcs(context)];
  const known = patroniOf(context, member);
  const advice = message("preflight.identity.advice");
  if (known.state !== "fresh") {
    const other = known.failure?.kind === "wrong-identity";
    const text = other
      ? message("preflight.identity.other", { member, found: known.failure?.text ?? "" })
      : message("preflight.identity.unseen", { member });
    return block(context, id, text, other ? advice : message("preflight.advice.look-again"), evidence);
  }
  const { name, scope, systemId } = known.value;
  const expected = freshOf(dcsOf(context))?.systemId ?? null;
  if (name !== null && name !== member) {
    return block(context, id, message("preflight.identity.other", { member, found: name }), advice, evidence);
  }
  if (scope !== null && scope !== context.state.spec.scope) {
    return block(context, id, message("preflight.identity.scope", { member, found: scope }), advice, evidence);
  }
  if (expected !== null && systemId !== null && systemId !== expected) {
    const text = message("preflight.identity.system", { member, found: systemId, expected });
    return block(context, id, text, message("preflight.identity.system-advice"), evidence);
  }
  // Patroni's `/cluster` has no system identifier to compare with: nothing is left out that could have been had.
  const compared =
    name !== null && scope !== null && (systemId !== null || context.state.spec.dcs.readAs === "patroni");
  if (compared) return pass(context, id, message("preflight.identity.yes", { member }), evidence);
  const text = message("preflight.identity.partly", { member });
  return warn(context, id, text, message("preflight.identity.partly-advice"), evidence);
}
