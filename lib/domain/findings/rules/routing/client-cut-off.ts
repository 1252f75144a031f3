import { sourceId } from "../../../evidence/evidence";
import { message } from "../../../message";
import type { FindingRule } from "../../rule";
import { subject } from "../../subject";
import { lacksWriter, liesOnTheWay, saysTheSame } from "./causes";
import { HANDOVER_HOLD_MS, wantsWriter } from "./pools";

/** A session of ours that comes in as clients do gets no server at all. */
export const clientCutOff: FindingRule = {
  id: "client-cut-off",
  group: "routing",
  runbook: "routing-failure",
  find({ picture: { clientEye: eye }, evidence: seen }) {
    if (eye?.trust !== "fresh" || eye.state !== "failing" || !eye.confirmed || !wantsWriter(seen)) return [];
    const way = `${eye.address}:${eye.port}`;
    const text = message("finding.client-cut-off.text", { way, failure: eye.text.params.failure ?? "none" });
    const evidence = [{ text, sourceId: sourceId("client-eye", eye.address) }];
    return [{ severity: "critical", subject: subject("client", way), text, evidence, holdMs: HANDOVER_HOLD_MS }];
  },
  explains: (own, other) => saysTheSame(own, other, "client", ["client-cut-off"]),
  followsFrom: (own, cause) => lacksWriter(own, cause) || liesOnTheWay(own, cause),
};
