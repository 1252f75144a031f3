import type { PlanContext } from "../../actions/facts";
import type { Check } from "../../actions/plan";
import { message } from "../../message";
import { pass, warn } from "./check";
import { seenSource } from "./seen";

/** Whether the ways that clients take lead to the leader now: whoever is astray before a handover is astray after it. */
export const routingChecks = (context: PlanContext): readonly Check[] =>
  (["vip", "haproxy"] as const).flatMap((layer) => routes(context, layer));

/** No check where the layer is not configured. */
function routes(context: PlanContext, layer: "vip" | "haproxy"): readonly Check[] {
  const id = layer === "vip" ? "vip-agrees" : "haproxy-agrees";
  const witness = context.snapshot.writePath.witnesses.find((one) => one.layer === layer);
  if (!witness || witness.verdict === "n/a") return [];
  const evidence = witness.sourceIds.map((source) => seenSource(context, source, witness.text));
  switch (witness.verdict) {
    case "agree":
      return [pass(context, id, message("preflight.routing.agrees", { layer }), evidence)];
    case "disagree": {
      const advice = message("preflight.routing.disagrees-advice");
      return [warn(context, id, message("preflight.routing.disagrees", { layer }), advice, evidence)];
    }
    case "silent": {
      const advice = message("preflight.routing.silent-advice");
      return [warn(context, id, message("preflight.routing.silent", { layer }), advice, evidence)];
    }
  }
}
