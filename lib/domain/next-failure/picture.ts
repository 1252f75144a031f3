import { hostOf, makePlaces, type Places } from "../evidence/places";
import type { MemberName } from "../ids";
import type { HaproxyNodeView, MemberView, Snapshot } from "../snapshot";

/** What predictions are made from: a picture of a cluster, the present one or one that will be. */
export type Picture = Pick<
  Snapshot,
  "leader" | "members" | "dcs" | "vip" | "haproxy" | "pgbouncer" | "paused" | "configuration"
>;

/** What fails together. */
export type Gone = {
  /** Members whose PostgreSQL and Patroni are gone. */
  readonly members: readonly MemberName[];
  /** HAProxy nodes by configured name. */
  readonly haproxy: readonly string[];
  /** Members whose PgBouncer is gone. */
  readonly pgbouncer: readonly MemberName[];
  /** Endpoints of DCS members. */
  readonly dcs: readonly string[];
};

export const NOTHING_GONE: Gone = { members: [], haproxy: [], pgbouncer: [], dcs: [] };

/** Asked for many times of the same picture. */
const PLACES = new WeakMap<Picture["members"], Places>();

export function placesOf({ members }: Picture): Places {
  const known = PLACES.get(members) ?? makePlaces(members);
  PLACES.set(members, known);
  return known;
}

export const memberOf = (picture: Picture, name: MemberName | null): MemberView | null =>
  picture.members.find((one) => one.name === name) ?? null;

/** Everything that lives on the host with this name or address, by what else lives there. */
export function onHost(picture: Picture, host: string): Gone {
  const places = placesOf(picture);
  const members = picture.members.filter((one) => keyOf(one.host ?? one.name) === keyOf(host)).map(({ name }) => name);
  const here = (name: string | null, address: string | null) => {
    const member = (name ? places.byName(name) : null) ?? places.byHost(hostOf(address));
    return member !== null ? members.includes(member) : keyOf(address ?? name ?? "") === keyOf(host);
  };
  return {
    members,
    haproxy: picture.haproxy.filter(({ name }) => here(name, name)).map(({ name }) => name),
    pgbouncer: picture.pgbouncer.filter(({ member }) => members.includes(member)).map(({ member }) => member),
    dcs: picture.dcs.members.filter(({ name, endpoint }) => here(name, endpoint)).map(({ endpoint }) => endpoint),
  };
}

/** Hosts of the cluster's members, each once; a member without a known host stands for its own. */
export const hostsOf = (picture: Picture): readonly string[] => [
  ...new Map(picture.members.map((one) => [keyOf(one.host ?? one.name), one.host ?? one.name])).values(),
];

/** The HAProxy node on the host of a member; null where none is. */
export function nodeBeside(picture: Picture, member: MemberName): HaproxyNodeView | null {
  const { haproxy } = onHost(picture, memberOf(picture, member)?.host ?? member);
  return picture.haproxy.find(({ name }) => haproxy.includes(name)) ?? null;
}

const keyOf = (host: string): string => hostOf(host) ?? host.toLowerCase();
