import { message } from "../../message";
import { verdictOf } from "../../witness/claim";
import type { RoutingRule } from "../ruling";

/** The writer is established; what remains is whether every layer that we watch was seen and says the same. */
export const agreement: RoutingRule = ({ claims, evidence: { leaderKey } }, writer) => {
  const against = claims.filter((c) => verdictOf(c, writer.name) === "disagree");
  const blind = claims.filter((c) => c.standing === "silent" && c.blind);
  const agreeing = claims.filter((c) => verdictOf(c, writer.name) === "agree");
  const key = leaderKey.state === "held" ? [leaderKey.at] : [];
  const rests = [writer.at, ...key, ...agreeing.flatMap((c) => c.rests)];
  const base = { writer: writer.name, rests } as const;
  const [contrary] = against;
  if (contrary) {
    const params = { writer: writer.name, layer: contrary.layer, more: against.length - 1 };
    const text = message("domain.verdict.disagreed", params);
    return { ...base, state: "degraded", code: "agree-partly", message: text };
  }
  const [unseen] = blind;
  if (unseen) {
    const params = { writer: writer.name, layer: unseen.layer, more: blind.length - 1 };
    return {
      ...base,
      state: "degraded",
      code: "agree-partly",
      message: message("domain.verdict.agree-partly", params),
    };
  }
  return { ...base, state: "ok", code: "ok", message: message("domain.verdict.ok", { writer: writer.name }) };
};
