import { makePlaces } from "../evidence/places";
import type { Snapshot, Trust } from "../snapshot";
import { memberAt } from "../vip/route";
import { type Column, layColumns } from "./columns";
import { replicationEdges, writeEdges } from "./edges";
import type { Cell, Edge, Row } from "./grid";

export type { Column } from "./columns";
export type { Cell, Edge, Row } from "./grid";

export type Topology = {
  readonly hosts: readonly Column[];
  readonly rows: readonly Row[];
  readonly cells: readonly Cell[];
  readonly writePath: readonly Edge[];
  readonly replication: readonly Edge[];
};

const ROWS: readonly Row[] = ["vip", "haproxy", "pgbouncer", "postgres", "dcs"];

/** The grid that people have in their heads: a column a host, a row a layer, and what leads from where to where. */
export function buildTopology(snapshot: Snapshot): Topology {
  const hosts = layColumns(snapshot);
  const bare = layCells(snapshot, hosts);
  const writePath = writeEdges(snapshot, hosts, bare);
  const lit = new Set(writePath.flatMap((edge) => [edge.from, edge.to]));
  const cells = bare.map((cell) => (lit.has(cell.id) ? { ...cell, lit: true } : cell));
  const rows = ROWS.filter(
    (row) => row === "postgres" || cells.some((c) => c.row === row) || configured(row, snapshot),
  );
  return { hosts, rows, cells, writePath, replication: replicationEdges(snapshot) };
}

function configured(row: Row, snapshot: Snapshot): boolean {
  if (row === "vip") return snapshot.vip !== null;
  return row === "haproxy" && snapshot.haproxy.length > 0;
}

export const cellId = (row: Row, name: string): string => `${row}:${name}`;

function layCells(snapshot: Snapshot, hosts: readonly Column[]): Cell[] {
  const { members, haproxy, pgbouncer, dcs } = snapshot;
  const nodes = new Map(haproxy.map((n) => [n.name, n]));
  const bouncers = new Map<string, (typeof pgbouncer)[number]>(pgbouncer.map((p) => [p.member, p]));
  const views = new Map<string, (typeof members)[number]>(members.map((m) => [m.name, m]));
  const etcd = new Map(dcs.members.map((m) => [m.endpoint, m]));
  const cells = hosts.flatMap((column) => {
    const cell = (row: Row, name: string, trust: Trust): Cell => ({
      id: cellId(row, name),
      column: column.id,
      row,
      name,
      trust,
      lit: false,
    });
    const here: Cell[] = [];
    const node = column.haproxy === null ? undefined : nodes.get(column.haproxy);
    if (node) here.push(cell("haproxy", node.name, node.trust));
    const bouncer = column.member === null ? undefined : bouncers.get(column.member);
    if (bouncer) here.push(cell("pgbouncer", bouncer.member, bouncer.trust));
    const member = column.member === null ? undefined : views.get(column.member);
    if (member) here.push(cell("postgres", member.name, member.stateTrust));
    const store = column.dcs === null ? undefined : etcd.get(column.dcs);
    if (store) here.push(cell("dcs", store.endpoint, store.trust));
    return here;
  });
  return [...vipCells(snapshot, hosts), ...cells];
}

/** A cell for each host that holds the VIP. */
function vipCells({ vip, members }: Snapshot, hosts: readonly Column[]): Cell[] {
  if (!vip) return [];
  const places = { places: makePlaces(members) };
  return vip.holders.flatMap((holder) => {
    const member = memberAt(holder, places);
    const column = hosts.find((h) => (member !== null && h.member === member) || h.haproxy === holder);
    if (!column) return [];
    const id = vip.holders.length > 1 ? cellId("vip", `${vip.address}@${holder}`) : cellId("vip", vip.address);
    return [{ id, column: column.id, row: "vip" as const, name: vip.address, trust: vip.trust, lit: false }];
  });
}
