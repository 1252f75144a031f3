import { freshOf } from "../../evidence/evidence";
import { type MemberName, memberName } from "../../ids";
import type { VerifyWorld } from "../types";
import { look } from "./sight";

/** The leader if its REST API answers, else the first member whose does; without any, the leader all the same. */
export function anyMember(leader: string | null, world: VerifyWorld): MemberName | null {
  const { members } = look(world).evidence;
  const answering = members.filter(({ patroni }) => freshOf(patroni) !== null).map(({ name }) => name);
  const preferred = leader === null ? null : memberName(leader);
  if (preferred !== null && answering.includes(preferred)) return preferred;
  return answering[0] ?? preferred ?? members[0]?.name ?? null;
}
