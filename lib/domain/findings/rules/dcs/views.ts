import type { DcsViewOnScreen, SourceView } from "../../../snapshot";
import type { Finding, FindingEvidence, FindingSubject } from "../../finding";
import type { FindingPicture } from "../../rule";
import { isOnHost } from "../../silent-host";
import { subject } from "../../subject";

export type EtcdMemberView = DcsViewOnScreen["members"][number];

export const sourceOf = ({ endpoint }: Pick<EtcdMemberView, "endpoint">): string => `dcs-member:${endpoint}`;

/** Members of etcd whose last word may be built upon. */
export const answering = ({ dcs }: FindingPicture): EtcdMemberView[] =>
  dcs.members.filter(({ trust }) => trust === "fresh");

/** etcd answered, and told us that we may not ask: that says nothing of the member. */
export const isBarred = ({ failure }: EtcdMemberView): boolean =>
  failure !== null && (failure.kind === "forbidden" || failure.kind === "unauthorized" || failure.kind === "tls");

/** A member of etcd, on the host of the cluster's member where it shares one. */
export function ofEtcd({ endpoint }: Pick<EtcdMemberView, "endpoint">, { members }: FindingPicture): FindingSubject {
  const asked = { kind: "dcs-member", target: endpoint } as SourceView;
  return subject("dcs-member", endpoint, members.find((member) => isOnHost(asked, member))?.name ?? null);
}

export const restsOn = (
  members: readonly EtcdMemberView[],
  text: (member: EtcdMemberView) => FindingEvidence["text"],
): FindingEvidence[] => members.map((member) => ({ text: text(member), sourceId: sourceOf(member) }));

/** etcd reports raft id 0 while it knows no leader. */
export const knowsLeader = ({ leaderId }: EtcdMemberView): boolean => leaderId !== null && !/^0*$/.test(leaderId);

/** Of the write path: what a leader that had to step down leaves behind. A split or a wrong route has another cause. */
const VERDICTS: ReadonlySet<string> = new Set([
  "no-leader",
  "blind",
  "leader-not-writable",
  "pool-empty",
  "agree-partly",
]);
const FOLLOWS: ReadonlySet<string> = new Set(["no-leader", "failsafe-active", "dcs-behind", "dcs-slow"]);

/** What a DCS that decides nothing brings with it: nobody leads, the verdict, our own looks at it. */
export function followsFromLostDcs({ rule, id, subject: { name } }: Finding): boolean {
  if (rule === "write-path") return VERDICTS.has(id.split("/").at(-1) ?? "");
  if (rule === "source-silent") return name.startsWith("dcs:") || name.startsWith("dcs-member:");
  return FOLLOWS.has(rule);
}
