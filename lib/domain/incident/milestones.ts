import { type EpochMs, instant } from "../ids";
import { type Message, message } from "../message";
import type { Milestone, MilestoneId } from "./incident";
import type { Moment } from "./moment";

export type Leaders = { readonly before: string | null; readonly after: string | null };

/**
 * What happened on the way from one writer to the next, in the order of time. `from` is when to begin to look: just before the
 * outage. Each is placed at the observation that showed it, and no later than the picture that carried it.
 */
export function milestonesOf(moments: readonly Moment[], { before, after }: Leaders, from: EpochMs): Milestone[] {
  const found: Milestone[] = [];
  const add = (id: MilestoneId, at: EpochMs | null | undefined, text: Message) => {
    if (at != null) found.push({ id, at: instant(at), text });
  };
  const shown = moments.filter((moment) => moment.at >= from);
  const asked = shown.find(({ handover }) => handover !== null);
  add("asked", asked?.at, message("incident.milestone.asked"));

  const lost = before === null ? undefined : shown.find(({ key }) => key !== undefined && key !== before);
  add("lock-lost", timeOf(lost, lost?.keySince), message("incident.milestone.lock-lost", { from: before ?? "?" }));
  if (after === null) return inOrder(found);

  const to = after;
  const since = lost ? lost.at : from;
  const later = shown.filter((moment) => moment.at >= since);
  const taken = lost && later.find(({ key }) => key === to);
  add("leader-key", timeOf(taken, taken?.keySince), message("incident.milestone.leader-key", { to }));

  add("promoted", opened(shown, to), message("incident.milestone.promoted", { to }));
  addRouting(add, shown, { before, after: to });
  return inOrder(found);
}

/** Where the observation's own time lies after the picture or is missing, the picture's time holds. */
const timeOf = (moment: Moment | undefined, own: EpochMs | null | undefined): EpochMs | null =>
  moment ? Math.min(moment.at, own ?? moment.at) : null;

/** The first answer of the member that it is not in recovery, after it had not said so. */
function opened(moments: readonly Moment[], name: string): EpochMs | null {
  const own = (moment: Moment) => moment.open.find((member) => member.name === name);
  const closed = moments.findIndex((moment) => !own(moment));
  const first = closed < 0 ? undefined : moments.slice(closed).find(own);
  return first ? timeOf(first, own(first)?.at) : null;
}

type Add = (id: MilestoneId, at: EpochMs | null | undefined, text: Message) => void;

function addRouting(
  add: Add,
  moments: readonly Moment[],
  { before, after: to }: { before: string | null; after: string },
) {
  const onlyTo = (route: Moment["routes"][number]) => route.writesTo.length === 1 && route.writesTo[0] === to;
  const holders = holdersOf(moments);
  const behindVip = (moment: Moment) => {
    const holder = holders.get(moment) ?? null;
    return holder === null ? moment.routes : moment.routes.filter(({ node }) => node === holder);
  };
  const turned = turn(moments, (m) => m.routes.length > 0 && behindVip(m).some(onlyTo));
  const route = turned && behindVip(turned).find(onlyTo);
  if (route)
    add(
      "haproxy-switched",
      timeOf(turned, route.at),
      message("incident.milestone.haproxy-switched", { node: route.node, to }),
    );
  const all = turn(moments, (m) => m.routes.length > 0 && m.routes.every(onlyTo));
  const at = all && timeOf(all, Math.max(...all.routes.map((one) => one.at)));
  if (all) add("haproxy-all", at, message("incident.milestone.haproxy-all", { count: all.routes.length, to }));

  const first = moments.find(({ vipHolder }) => vipHolder !== null)?.vipHolder ?? before;
  const moved = moments.find(({ vipHolder }) => vipHolder !== null && vipHolder !== first);
  if (first === null || !moved?.vipHolder) return;
  const text = message("incident.milestone.vip-moved", { from: first, to: moved.vipHolder });
  add("vip-moved", timeOf(moved, moved.vipSince), text);
}

/** Who holds the VIP at each moment; while nobody does, clients wait for the node that takes it next. */
function holdersOf(moments: readonly Moment[]): ReadonlyMap<Moment, string | null> {
  const holders = new Map<Moment, string | null>();
  let next: string | null = null;
  for (const moment of moments.toReversed()) {
    next = moment.vipHolder ?? next;
    holders.set(moment, next);
  }
  return holders;
}

/** The first picture for which `holds` becomes true after it was false; null when it always was or never is. */
function turn(moments: readonly Moment[], holds: (moment: Moment) => boolean): Moment | undefined {
  const not = moments.findIndex((moment) => !holds(moment));
  return not < 0 ? undefined : moments.slice(not).find(holds);
}

const inOrder = (milestones: readonly Milestone[]): Milestone[] =>
  [...milestones].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
