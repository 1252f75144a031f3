import type { MemberName } from "../../ids";
import { memberName } from "../../ids";
import type { OperationOf, VerifyWorld } from "../types";
import { look } from "./sight";

/**
 * Members that are restarted, in their order: replicas first, the leader of now last. Fixed once the first call was sent: a flag that is
 * gone after a restart does not make its member disappear.
 */
export function restartTargets(operation: OperationOf<"restart">, world: VerifyWorld): readonly MemberName[] {
  const { member, onlyPending } = operation.request;
  if (member !== null) return [member];
  const told = operation.steps.flatMap(({ id }) => (id.startsWith("restart:") ? [id.slice("restart:".length)] : []));
  const names = told.length > 0 && operation.answers.length > 0 ? told : fromPicture(operation, world, onlyPending);
  const leader = look(world).dcs?.leader?.name ?? operation.fence.leader;
  return [...names.filter((name) => name !== leader), ...names.filter((name) => name === leader)].map(memberName);
}

function fromPicture(operation: OperationOf<"restart">, world: VerifyWorld, onlyPending: boolean): readonly string[] {
  const names = operation.fence.members.map(({ name }) => name);
  if (!onlyPending) return names;
  const pending = new Set(world.snapshot.members.filter((one) => one.pendingRestart).map(({ name }) => name));
  const called = new Set(operation.answers.map(({ id }) => id));
  return names.filter((name) => pending.has(name) || called.has(`restart:${name}`));
}
