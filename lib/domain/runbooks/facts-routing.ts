import type { Snapshot } from "../snapshot";
import { receivingServers } from "../snapshot/haproxy";
import { type ClusterFact, countOf, known, NOT_KNOWN, within } from "./fact";
import { flag, member, number, word } from "./facts-cluster";
import { answers } from "./facts-sight";

/** Facts of the way that clients go: VIP, HAProxy, PgBouncer, the client's eye. Nodes that do not answer have no say, and are counted apart. */

export const ROUTING_FACTS: Readonly<Record<string, ClusterFact>> = {
  vipHolder: member((picture) => {
    const holders = holdersOf(picture);
    return holders === null ? NOT_KNOWN : known(holders.length === 1 ? (holders[0] ?? null) : null);
  }),
  vipHolders: number("count", (picture) => {
    const holders = holdersOf(picture);
    return holders === null ? NOT_KNOWN : known(holders.length);
  }),
  vipAnswers: flag(({ vip }) => (vip?.trust === "fresh" && vip.answers !== null ? known(vip.answers) : NOT_KNOWN)),
  haproxyNodes: number("count", ({ haproxy }) => known(haproxy.length)),
  haproxyUp: number("count", (picture) =>
    picture.haproxy.length === 0
      ? NOT_KNOWN
      : countOf(picture.haproxy, ({ name }) => answers(picture, `haproxy:${name}`), true),
  ),
  writePoolServer: member((picture) => {
    const targets = writeTargets(picture);
    if (targets.length === 0) return NOT_KNOWN;
    const [first] = targets[0] ?? [];
    const agreed = first !== undefined && targets.every((names) => names.length === 1 && names[0] === first);
    return known(agreed ? first : null);
  }),
  writePoolServers: number("count", (picture) => {
    const targets = writeTargets(picture);
    return targets.length === 0 ? NOT_KNOWN : known(new Set(targets.flat()).size);
  }),
  readPoolServers: number("count", ({ haproxy }) => {
    const counts = haproxy.flatMap(({ trust, read }) =>
      trust === "fresh" && read !== null ? [receivingServers(read).length] : [],
    );
    return counts.length === 0 ? NOT_KNOWN : known(Math.min(...counts));
  }),
  pgbouncersUp: number("count", (picture) =>
    picture.pgbouncer.length === 0
      ? NOT_KNOWN
      : countOf(picture.pgbouncer, (one) => answers(picture, `pgbouncer:${one.member}`), true),
  ),
  pgbouncersPaused: number("count", (picture) => {
    const seen = freshPoolers(picture).filter(({ paused }) => paused !== null);
    return seen.length === 0 ? NOT_KNOWN : known(seen.filter(({ paused }) => paused).length);
  }),
  clientsWaiting: number("count", (picture) => {
    const waiting = freshPoolers(picture).flatMap(({ clientsWaiting }) => clientsWaiting ?? []);
    const least = waiting.reduce((sum, one) => sum + one, 0);
    if (waiting.length === 0) return NOT_KNOWN;
    return within(least, waiting.length === picture.pgbouncer.length ? least : null);
  }),
  // One session that fails alone may have been unlucky: two in a row say something.
  clientWrites: word(["writable", "read-only", "failing"], ({ clientEye }) =>
    clientEye?.trust === "fresh" && clientEye.confirmed && /^(writable|read-only|failing)$/.test(clientEye.state)
      ? known(clientEye.state)
      : NOT_KNOWN,
  ),
  clientGap: flag(({ clientEye }) =>
    clientEye?.trust === "fresh" && clientEye.state !== "unknown" ? known(clientEye.currentGap !== null) : NOT_KNOWN,
  ),
};

/** Null: who holds it is not known. */
function holdersOf({ vip }: Snapshot): readonly string[] | null {
  if (vip?.trust !== "fresh") return null;
  return vip.holders.length > 0 || vip.answers === false ? vip.holders : null;
}

/** Of each node that answers and has the write pool: whom it sends writes to. */
const writeTargets = ({ haproxy }: Snapshot): readonly (readonly string[])[] =>
  haproxy.filter(({ trust, write }) => trust === "fresh" && write !== null).map(({ writesTo }) => writesTo);

const freshPoolers = ({ pgbouncer }: Snapshot) => pgbouncer.filter(({ trust }) => trust === "fresh");
