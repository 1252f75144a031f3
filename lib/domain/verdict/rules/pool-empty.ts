import { message } from "../../message";
import { badNodes } from "../routing";
import type { RoutingRule } from "../ruling";

/** A HAProxy node's write pool has no server that gets new sessions. */
export const poolEmpty: RoutingRule = (input, writer) => {
  const { bad, cutsOff, behindVip } = badNodes(input, writer.name);
  const first = bad.find((b) => b.kind === "empty");
  if (!first) return null;
  const broken = cutsOff && (first.node === behindVip || behindVip === null);
  return {
    state: broken ? "broken" : "degraded",
    code: "pool-empty",
    writer: writer.name,
    message: message(broken ? "domain.verdict.pool-empty" : "domain.verdict.pool-empty-aside", {
      writer: writer.name,
      node: first.node.name,
    }),
    rests: [writer.at, first.at],
  };
};
