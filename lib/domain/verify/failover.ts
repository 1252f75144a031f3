import { freshOf } from "../evidence/evidence";
import { type MemberName, memberName } from "../ids";
import { judgeHandover } from "./handover/judge";
import { handoverDeadlineMs, startOfOperation } from "./handover/times";
import { handoverTimeoutMs, once, patroniCall } from "./shared/calls";
import { look } from "./shared/sight";
import { judged } from "./shared/verdicts";
import type { Verb, VerifyWorld } from "./types";

const CALL = "failover";

/** Asks the leader while it answers, else the candidate: who leads no more cannot be asked to step down. */
export const failover: Verb<"failover"> = {
  action: "failover",
  next(operation, world) {
    const { candidate } = operation.request;
    const call = patroniCall(world.state, askedOf(operation.fence.leader, candidate, world), {
      id: CALL,
      method: "POST",
      path: "/failover",
      body: { candidate },
      timeoutMs: handoverTimeoutMs(world.state),
    });
    return once(operation, world, call);
  },
  verify: (operation, world) =>
    judged(operation, world, (one, seen: VerifyWorld) =>
      judgeHandover(one, seen, {
        call: CALL,
        candidate: one.request.candidate,
        since: startOfOperation(one),
        done: "failed-over",
        lapsed: "no-change",
      }),
    ),
  deadlineMs: (_request, { state }) => handoverDeadlineMs(state),
};

function askedOf(leader: string | null, candidate: MemberName, world: VerifyWorld): MemberName {
  const member = leader === null ? null : look(world).member(leader);
  return leader !== null && member && freshOf(member.patroni) !== null ? memberName(leader) : candidate;
}
