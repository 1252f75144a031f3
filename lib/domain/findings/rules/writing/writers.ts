import type { Evidence, MemberEvidence } from "../../../evidence/evidence";
import { sourceId } from "../../../evidence/evidence";
import type { Writability } from "../../../evidence/writability";
import type { Message } from "../../../message";
import { pendingHandover } from "../../../verdict/pending";
import type { FindingEvidence } from "../../finding";

type Told = Exclude<Writability, { says: "unknown" }>;
export type OpenMember = { readonly member: MemberEvidence; readonly writable: Told };

/** Members that accept writes by a fresh word, asked after the leader key came to be as it is: none of them is a leftover of before. */
export function openSince({ members, leaderKey }: Evidence): OpenMember[] {
  if (leaderKey.state === "unknown") return [];
  return members.flatMap((member) =>
    member.writable.says === "writable" && member.writable.startedAt >= leaderKey.since
      ? [{ member, writable: member.writable }]
      : [],
  );
}

export const ofWriter = ({ member, writable }: OpenMember, text: Message): FindingEvidence => ({
  text,
  sourceId: sourceId(writable.basis, member.name),
});

export const isHandingOver = (evidence: Evidence): boolean => pendingHandover(evidence) !== null;
