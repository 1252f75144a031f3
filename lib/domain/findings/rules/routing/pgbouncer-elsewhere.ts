import { freshOf, sourceId } from "../../../evidence/evidence";
import { hostOf } from "../../../evidence/places";
import type { PgbouncerDatabase } from "../../../facts";
import type { MemberName } from "../../../ids";
import { message } from "../../../message";
import type { PgbouncerView } from "../../../snapshot";
import { targetOf } from "../../../snapshot/pgbouncer";
import { pgbouncersOnPath } from "../../../witness/pgbouncer";
import type { FindingDraft, FindingInput, FindingRule } from "../../rule";
import { subject } from "../../subject";
import { isAddress } from "./address";
import { saysTheSame } from "./causes";
import { HANDOVER_HOLD_MS, leaderOf, leaderWord, listed, wantsWriter } from "./pools";

/**
 * A PgBouncer on the write path whose databases lead to another member than the leader, or to an address that is no member's. One that
 * serves its own host's PostgreSQL does what it should, wherever the leader is: that sessions come to it is then HAProxy's doing.
 */
export const pgbouncerElsewhere: FindingRule = {
  id: "pgbouncer-elsewhere",
  group: "routing",
  runbook: "routing-failure",
  find(input) {
    const { evidence, picture } = input;
    const leader = leaderOf(evidence);
    if (leader === null || !wantsWriter(evidence)) return [];
    const path = pgbouncersOnPath(evidence, picture.haproxy, picture.vip);
    return path.flatMap((member) => ofPooler(member, leader, input));
  },
  explains: (own, other) => saysTheSame(own, other, "pgbouncer", ["misrouted"]),
};

type Target = PgbouncerView["target"];

function ofPooler(member: MemberName, leader: MemberName, input: FindingInput): FindingDraft[] {
  const own = input.evidence.byName.get(member);
  const databases = own && freshOf(own.pgbouncer)?.databases;
  if (!own || !databases) return [];
  const astray = databases
    .map((database) => ({ database, target: targetOf([database], own, input.evidence.places) }))
    .filter(({ database, target }) => isAstray(database, target, leader, input));
  const [first] = astray;
  if (!first) return [];
  const all = astray.length === databases.length;
  const text = message("finding.pgbouncer-elsewhere.text", {
    member,
    leader,
    databases: listed(astray.map(({ database }) => database.name)),
    target: first.target.name ?? "?",
    known: first.target.kind === "member" ? "yes" : "no",
    all: all ? "yes" : "no",
  });
  const evidence = [{ text, sourceId: sourceId("pgbouncer", member) }, leaderWord(input, leader)];
  return [
    {
      severity: all ? "critical" : "warn",
      subject: subject("pgbouncer", member, member),
      text,
      evidence,
      holdMs: HANDOVER_HOLD_MS,
    },
  ];
}

/** An address of no member may be another way to the leader: the VIP is, and whatever brings our own client to a writable server. */
function isAstray(
  { host }: PgbouncerDatabase,
  { kind, name }: Target,
  leader: MemberName,
  { picture: { vip, clientEye } }: FindingInput,
): boolean {
  if (kind === "member") return name !== leader;
  const address = hostOf(host);
  if (kind !== "elsewhere" || address === null || !isAddress(address) || address === vip?.address) return false;
  return clientEye?.state !== "writable";
}
