import { freshOf, sourceId } from "../../../evidence/evidence";
import type { MemberName } from "../../../ids";
import { message } from "../../../message";
import type { FindingInput, FindingRule } from "../../rule";
import { subject } from "../../subject";
import { lacksWriter, liesOnTheWay, saysTheSame } from "./causes";
import { HANDOVER_HOLD_MS, wantsWriter } from "./pools";

/** A session of ours that came in as clients do met a server that takes no writes. */
export const clientReadOnly: FindingRule = {
  id: "client-read-only",
  group: "routing",
  runbook: "routing-failure",
  find(input) {
    const { clientEye: eye } = input.picture;
    if (eye?.trust !== "fresh" || eye.state !== "read-only" || !eye.confirmed || !wantsWriter(input.evidence))
      return [];
    const member = whoAnswered(input);
    const way = `${eye.address}:${eye.port}`;
    const params = { way, member: member ?? "?", known: member === null ? "no" : "yes" };
    const text = message("finding.client-read-only.text", params);
    const evidence = [{ text, sourceId: sourceId("client-eye", eye.address) }];
    return [{ severity: "critical", subject: subject("client", way), text, evidence, holdMs: HANDOVER_HOLD_MS }];
  },
  explains: (own, other) => saysTheSame(own, other, "client", ["misrouted"]),
  followsFrom: (own, cause) => lacksWriter(own, cause) || liesOnTheWay(own, cause),
};

/** By what members say of themselves now: a start time that was told long ago may be another server's today. */
function whoAnswered({ state, evidence }: FindingInput): MemberName | null {
  const result = state.clientEye?.memory.last?.result;
  const started = result?.ok ? result.value.postmasterStartTime : null;
  if (started === null) return null;
  const [only, ...others] = evidence.members.filter(({ patroni, postgres }) =>
    [freshOf(patroni), freshOf(postgres)].some((told) => told?.postmasterStartTime === started),
  );
  return only && others.length === 0 ? only.name : null;
}
