import type { PlanContext } from "../actions/facts";
import type { ReinitImpact } from "../actions/plan";
import { freshOf } from "../evidence/evidence";
import type { MemberName } from "../ids";
import { candidateObstacle } from "../preflight/checks/candidate";
import { dcsOf, leaderOf, membersOf, serverOf } from "../preflight/checks/look";

/** What a reinitialisation deletes, where its copy comes from, and who could lead meanwhile. */
export function reinitImpact(context: PlanContext, member: MemberName, fromLeader: boolean): ReinitImpact {
  const leader = leaderOf(context);
  const own = serverOf(context, member);
  const ahead = leader === null ? null : serverOf(context, leader);
  const others = membersOf(context).filter((name) => name !== member && name !== leader);
  return {
    member,
    host: context.snapshot.members.find(({ name }) => name === member)?.host ?? null,
    dataDirectory: own.state === "unknown" ? null : own.value.dataDirectory,
    bytes: !ahead || ahead.state === "unknown" ? null : ahead.value.databaseBytes,
    copyFrom: fromLeader ? leader : sourceOf(context, member, leader),
    candidatesLeft: others.filter((name) => candidateObstacle(context, name, "switchover") === null),
  };
}

/**
 * Patroni takes the copy by its `create_replica_methods`, and `basebackup` from a running member with the tag `clonefrom`, else from the
 * leader. The methods stand in a file on the member itself, unless the dynamic configuration has them.
 */
function sourceOf(context: PlanContext, member: MemberName, leader: MemberName | null): string | null {
  const view = freshOf(dcsOf(context));
  const [method] = methodsIn(view?.config?.postgresql);
  if (method !== undefined && method !== "basebackup") return method;
  const clones = (view?.members ?? []).filter(
    ({ name, tags, state, replicationState }) =>
      name !== member && name !== leader && tags.clonefrom && state === "running" && replicationState === "streaming",
  );
  const [only, ...more] = clones;
  if (!only) return leader;
  return more.length === 0 ? only.name : clones.map(({ name }) => name).join(", ");
}

function methodsIn(section: unknown): readonly string[] {
  if (typeof section !== "object" || section === null) return [];
  const methods = (section as { create_replica_methods?: unknown }).create_replica_methods;
  return Array.isArray(methods) ? methods.filter((one) => typeof one === "string") : [];
}
