import type { EpochMs, MemberName } from "../ids";
import type { HaproxyNodeView } from "../snapshot";
import { holderNode } from "../vip/route";
import type { VerdictInput } from "./ruling";

/** A HAProxy node that does not lead writes to the writer. */
export type BadNode = {
  readonly node: HaproxyNodeView;
  readonly kind: "empty" | "wrong";
  /** The first member that it wrongly sends writes to. */
  readonly target: MemberName | null;
  readonly at: EpochMs;
};

/**
 * HAProxy nodes that lead writes astray, the one behind the VIP first. `cutsOff`: clients meet one of them for sure –
 * the VIP is on it, or, where no VIP tells which node they use, no other node leads right.
 */
export function badNodes(input: VerdictInput, writer: MemberName) {
  const fresh = input.haproxy.filter((n) => n.trust === "fresh" && n.write !== null);
  const behindVip = holderNode(input.vip, input.haproxy, input.evidence);
  const bad = fresh.flatMap((node) => judge(node, writer, input) ?? []);
  bad.sort((a, b) => Number(b.node === behindVip) - Number(a.node === behindVip));
  const cutsOff = behindVip ? bad.some((b) => b.node === behindVip) : bad.length > 0 && bad.length === fresh.length;
  return { bad, cutsOff, behindVip };
}

/** A target that is no known member is left alone: we cannot tell what is behind it. */
function judge(node: HaproxyNodeView, writer: MemberName, { evidence }: VerdictInput): BadNode | null {
  const at = node.at ? Date.parse(node.at) : evidence.now;
  if (node.writesTo.length === 0) return { node, kind: "empty", target: null, at };
  const wrong = node.writesTo.flatMap((t) => evidence.places.byName(t) ?? []).find((name) => name !== writer);
  return wrong ? { node, kind: "wrong", target: wrong, at } : null;
}
