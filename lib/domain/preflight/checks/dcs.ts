import type { PlanContext } from "../../actions/facts";
import type { Check } from "../../actions/plan";
import { message } from "../../message";
import { know } from "../../observation";
import { failed } from "./amounts";
import { block, pass, type Seen, warn } from "./check";
import { dcsOf } from "./look";
import { seenDcs, seenLook } from "./seen";

/** Whether the DCS is seen now, and whether it could carry a change of leader: without a quorum Patroni can write nothing. */
export const dcsChecks = (context: PlanContext): readonly Check[] => [
  dcsFresh(context),
  dcsQuorum(context),
  ...dcsMargin(context),
];

export function dcsFresh(context: PlanContext): Check {
  const id = "dcs-fresh";
  const known = dcsOf(context);
  const evidence = [seenDcs(context)];
  if (known.state === "fresh") return pass(context, id, message("preflight.dcs-fresh.yes"), evidence);
  const failure = failed(known.failure);
  const text =
    known.state === "stale"
      ? message("preflight.dcs-fresh.stale", { failure })
      : message("preflight.dcs-fresh.missing", { failure });
  return block(context, id, text, message("preflight.dcs-fresh.advice"), evidence);
}

export function dcsQuorum(context: PlanContext): Check {
  const id = "dcs-quorum";
  const evidence = seenEtcd(context);
  const { hasQuorum } = context.snapshot.dcs;
  if (hasQuorum === true) return pass(context, id, message("preflight.dcs-quorum.yes"), evidence);
  if (hasQuorum === false)
    return block(context, id, message("preflight.dcs-quorum.no"), message("preflight.dcs-quorum.no-advice"), evidence);
  // A linearizable read of etcd is answered by a majority: it proves the quorum that the members' own status does not show.
  const known = dcsOf(context);
  if (known.state === "fresh" && known.value.kind === "etcd3")
    return pass(context, id, message("preflight.dcs-quorum.by-read"), [...evidence, seenDcs(context)]);
  const advice = message("preflight.dcs-quorum.unknown-advice");
  return warn(context, id, message("preflight.dcs-quorum.unknown"), advice, evidence);
}

/** How many voting members could be lost; no check where etcd's members are not looked at. */
export function dcsMargin(context: PlanContext): readonly Check[] {
  const id = "dcs-margin";
  const seen = Object.values(context.state.dcsMembers).map((look) => know(look, context.now));
  const voters = seen.filter((one) => one.state !== "fresh" || !one.value.isLearner);
  if (voters.length === 0) return [];
  const healthy = voters.filter((one) => one.state === "fresh" && one.value.errors.length === 0).length;
  const spare = healthy - (Math.floor(voters.length / 2) + 1);
  const counts = { healthy, voters: voters.length };
  const evidence = seenEtcd(context);
  if (spare >= 1) return [pass(context, id, message("preflight.dcs-margin.enough", { ...counts, spare }), evidence)];
  const advice = message("preflight.dcs-margin.none-advice");
  return [warn(context, id, message("preflight.dcs-margin.none", counts), advice, evidence)];
}

const seenEtcd = (context: PlanContext): Seen =>
  Object.values(context.state.dcsMembers).map((look) => seenLook(context, look, "dcs-member", look.target));
