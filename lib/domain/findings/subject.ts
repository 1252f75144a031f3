import type { MemberName } from "../ids";
import type { FindingSubject, SubjectKind } from "./finding";

export const CLUSTER: FindingSubject = { kind: "cluster", name: "cluster", member: null };

export const ofMember = (name: MemberName): FindingSubject => ({ kind: "member", name, member: name });

export const subject = (kind: SubjectKind, name: string, member: MemberName | null = null): FindingSubject => ({
  kind,
  name,
  member,
});
