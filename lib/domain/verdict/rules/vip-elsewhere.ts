import { message } from "../../message";
import { holderMember, holderNode } from "../../vip/route";
import { targetMember } from "../../witness/pgbouncer";
import type { RoutingRule, VerdictInput } from "../ruling";

/**
 * The VIP is held by several hosts, leads into another cluster, or is not beside the leader although it should be. The last
 * is only untidy while what is behind it still leads to the writer, and cuts clients off when nothing there does.
 */
export const vipElsewhere: RoutingRule = (input, writer) => {
  const { vip, evidence } = input;
  if (!vip || evidence.vip?.state !== "fresh") return null;
  const base = { code: "vip-elsewhere", writer: writer.name, rests: [writer.at, evidence.vip.at] } as const;
  const params = { writer: writer.name, address: vip.address };
  if (vip.holders.length > 1) {
    const [a, b] = vip.holders;
    const text = message("domain.verdict.vip-several", { ...params, a: a ?? "?", b: b ?? "?" });
    return { ...base, state: "degraded", message: text };
  }
  const [holder] = vip.holders;
  if (holder === undefined) {
    if (vip.method === null) return null;
    return { ...base, state: "broken", message: message("domain.verdict.vip-foreign", params) };
  }
  if (vip.follows !== "leader" || holderMember(vip, evidence) === writer.name) return null;
  const leads = leadsToWriter(input, writer.name);
  const key = leads === false ? "domain.verdict.vip-elsewhere-dead-end" : "domain.verdict.vip-elsewhere";
  const text = message(key, { ...params, holder });
  return { ...base, state: leads === false ? "broken" : "degraded", message: text };
};

/** Whether what is behind the VIP leads to the writer; null when it cannot be seen. */
export function leadsToWriter(
  input: Pick<VerdictInput, "vip" | "evidence" | "haproxy" | "pgbouncer">,
  writer: string,
): boolean | null {
  const { vip, evidence, haproxy, pgbouncer } = input;
  if (haproxy.length > 0) {
    const node = holderNode(vip, haproxy, evidence);
    return node?.trust === "fresh" && node.write ? node.writesTo.includes(writer) : null;
  }
  const member = holderMember(vip, evidence);
  const bouncer = pgbouncer.find((v) => v.member === member);
  if (bouncer)
    return bouncer.trust === "fresh" && bouncer.target.kind !== "elsewhere" ? targetMember(bouncer) === writer : null;
  return member === null ? null : false;
}
