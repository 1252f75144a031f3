import { message } from "../../message";
import { targetMember } from "../../witness/pgbouncer";
import { badNodes } from "../routing";
import type { RoutingRule } from "../ruling";

/** A HAProxy node leads writes to a member that does not take them. Pools trail a change of leader by some checks: true all the same. */
export const misrouted: RoutingRule = (input, writer) => {
  const { bad, cutsOff, behindVip } = badNodes(input, writer.name);
  const first = bad.find((b) => b.kind === "wrong");
  if (!first?.target) return null;
  const params = { writer: writer.name, node: first.node.name, target: first.target };
  const onPath = first.node === behindVip || behindVip === null;
  return {
    state: cutsOff && onPath ? "broken" : "degraded",
    code: "misrouted",
    writer: writer.name,
    message: message(cutsOff && onPath ? "domain.verdict.misrouted" : "domain.verdict.misrouted-aside", params),
    rests: [writer.at, first.at],
  };
};

/** PgBouncer beside the writer leads sessions on to another member. */
export const misroutedByPgbouncer: RoutingRule = ({ pgbouncer, claims }, writer) => {
  const claim = claims.find((c) => c.layer === "pgbouncer");
  if (claim?.standing !== "speaks" || claim.points.length === 0) return null;
  const view = pgbouncer.find((v) => v.trust === "fresh" && v.member === writer.name);
  const target = view ? targetMember(view) : null;
  if (!view?.at || target === null || target === writer.name || !claim.points.includes(target)) return null;
  return {
    state: "broken",
    code: "misrouted",
    writer: writer.name,
    message: message("domain.verdict.misrouted-pgbouncer", { writer: writer.name, member: view.member, target }),
    rests: [writer.at, Date.parse(view.at)],
  };
};
