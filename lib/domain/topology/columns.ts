import { naturally } from "../evidence/natural-order";
import { hostOf, makePlaces } from "../evidence/places";
import type { MemberName } from "../ids";
import type { Snapshot } from "../snapshot";
import { memberAt } from "../vip/route";

/** A host, as far as we can tell what shares one. */
export type Column = {
  /** Stable: the name of the member there, else of what stands alone in the column. */
  readonly id: string;
  readonly label: string;
  readonly host: string | null;
  readonly member: MemberName | null;
  readonly haproxy: string | null;
  /** Endpoint of the etcd member there. */
  readonly dcs: string | null;
};

/**
 * A column for each member, and one for whatever is on no member's host. HAProxy nodes and etcd members are placed by name,
 * or by address. Depends on names and addresses alone, so that no change of role or health moves a column.
 */
export function layColumns(snapshot: Snapshot): Column[] {
  const places = { places: makePlaces(snapshot.members) };
  const columns = new Map<string, Column>();
  for (const m of snapshot.members) {
    columns.set(m.name, { id: m.name, label: m.name, host: m.host, member: m.name, haproxy: null, dcs: null });
  }
  for (const node of snapshot.haproxy) {
    const member = memberAt(node.name, places);
    const home = member === null ? undefined : columns.get(member);
    if (home && home.haproxy === null) columns.set(home.id, { ...home, haproxy: node.name });
    else columns.set(`haproxy:${node.name}`, alone(`haproxy:${node.name}`, node.name, { haproxy: node.name }));
  }
  for (const etcd of snapshot.dcs.members) {
    const host = hostOf(etcd.endpoint);
    const member = places.places.byHost(host) ?? places.places.byName(etcd.name);
    const home = (member !== null && columns.get(member)) || sharing(columns, etcd.name, host);
    if (home && home.dcs === null) columns.set(home.id, { ...home, dcs: etcd.endpoint });
    else {
      const id = `dcs:${etcd.endpoint}`;
      columns.set(id, { ...alone(id, etcd.name ?? host ?? etcd.endpoint, { dcs: etcd.endpoint }), host });
    }
  }
  return [...columns.values()].sort(order);
}

/** A column of a HAProxy node without a member, called as the etcd member or its host is. */
function sharing(columns: ReadonlyMap<string, Column>, name: string | null, host: string | null): Column | null {
  const names = [name, host].flatMap((n) => (n ? [n.toLowerCase()] : []));
  for (const column of columns.values()) {
    if (column.member === null && column.haproxy !== null && names.includes(column.haproxy.toLowerCase()))
      return column;
  }
  return null;
}

const alone = (id: string, label: string, over: Partial<Column>): Column => ({
  id,
  label,
  host: null,
  member: null,
  haproxy: null,
  dcs: null,
  ...over,
});

/** Members first, then what stands alone. */
function order(a: Column, b: Column): number {
  return Number(a.member === null) - Number(b.member === null) || naturally(a.label, b.label) || naturally(a.id, b.id);
}
