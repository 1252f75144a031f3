import type { Evidence, MemberEvidence } from "../evidence/evidence";
import type { MemberName } from "../ids";
import type { HaproxyNodeView, MemberWitness, PgbouncerView, VipView } from "../snapshot";
import { dcsWitness } from "./dcs";
import { haproxyWitness } from "./haproxy";
import { patroniWitness } from "./patroni";
import { pgbouncerWitness } from "./pgbouncer";
import { postgresWitness } from "./postgres";
import { vipWitness } from "./vip";

type Routing = {
  readonly haproxy: readonly HaproxyNodeView[];
  readonly pgbouncer: readonly PgbouncerView[];
  readonly vip: VipView | null;
  /** Members whose PgBouncer is on the write path. */
  readonly path: readonly MemberName[];
};

/** What each layer says about one member, in the order of the topology from the client down. */
export function memberWitnesses(
  member: MemberEvidence,
  evidence: Evidence,
  routing: Routing,
): readonly MemberWitness[] {
  return [
    vipWitness(member, evidence, routing.vip),
    haproxyWitness(member, evidence, routing.haproxy),
    pgbouncerWitness(member, evidence, routing.pgbouncer, routing.path),
    postgresWitness(member, evidence),
    patroniWitness(member),
    dcsWitness(member, evidence),
  ];
}
