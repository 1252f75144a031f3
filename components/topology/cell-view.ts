import { acceptsWrites, type StatedMember } from "@/components/members/member-state";
import type { HaproxyNodeView, MemberView, PgbouncerView, Snapshot } from "@/lib/domain/snapshot";
import type { Cell } from "@/lib/domain/topology/build";

type EtcdMember = Snapshot["dcs"]["members"][number];

export type HaproxyCell = Pick<HaproxyNodeView, "trust" | "failure" | "writesTo"> & {
  readonly sessions: number | null;
  /** The only right receiver, where one is known. */
  readonly writer: string | null;
};
export type PgbouncerCell = Pick<
  PgbouncerView,
  "trust" | "failure" | "target" | "paused" | "clientsActive" | "clientsWaiting"
>;
export type PostgresCell = StatedMember &
  Pick<MemberView, "roleTrust" | "stateTrust" | "timeline" | "timelineDiffers"> & {
    /** Accepts writes where it should not: not the leader, or one of several that do. */
    readonly danger: boolean;
  };
export type EtcdCell = Pick<
  EtcdMember,
  "trust" | "failure" | "isLeader" | "isLearner" | "endpoint" | "name" | "errors"
>;

/** What one cell shows, and nothing beside: where this is equal, the cell need not be drawn anew. Plain JSON. */
export type CellView =
  | { readonly row: "vip" }
  | { readonly row: "haproxy"; readonly node: HaproxyCell }
  | { readonly row: "pgbouncer"; readonly pooler: PgbouncerCell }
  | { readonly row: "postgres"; readonly member: PostgresCell }
  | { readonly row: "dcs"; readonly etcd: EtcdCell };

/** The sections of a picture that the topology is drawn from. */
export const TOPOLOGY_SECTIONS = ["members", "haproxy", "pgbouncer", "vip"] as const;

/** Null when the picture has nothing of that name. */
export function cellView(cell: Cell, snapshot: Snapshot): CellView | null {
  switch (cell.row) {
    case "vip":
      return { row: "vip" };
    case "haproxy": {
      const node = snapshot.haproxy.find(({ name }) => name === cell.name);
      return node ? { row: "haproxy", node: haproxyCell(node, snapshot.writePath.writer) } : null;
    }
    case "pgbouncer": {
      const pooler = snapshot.pgbouncer.find(({ member }) => member === cell.name);
      return pooler ? { row: "pgbouncer", pooler: pgbouncerCell(pooler) } : null;
    }
    case "postgres": {
      const member = snapshot.members.find(({ name }) => name === cell.name);
      return member ? { row: "postgres", member: postgresCell(member, snapshot.writePath.state === "split") } : null;
    }
    case "dcs": {
      const etcd = snapshot.dcs.members.find(({ endpoint }) => endpoint === cell.name);
      return etcd ? { row: "dcs", etcd: etcdCell(etcd) } : null;
    }
  }
}

const haproxyCell = ({ trust, failure, writesTo, write }: HaproxyNodeView, writer: string | null): HaproxyCell => ({
  trust,
  failure,
  writesTo,
  sessions: write?.sessions ?? null,
  writer,
});

function pgbouncerCell(pooler: PgbouncerView): PgbouncerCell {
  const { trust, failure, target, paused, clientsActive, clientsWaiting } = pooler;
  return { trust, failure, target, paused, clientsActive, clientsWaiting };
}

function postgresCell(member: MemberView, split: boolean): PostgresCell {
  const { presence, role, roleTrust, state, replicationState, stateTrust, timeline, timelineDiffers } = member;
  const danger = acceptsWrites(member) && (split || role !== "leader");
  return { presence, role, roleTrust, state, replicationState, stateTrust, timeline, timelineDiffers, danger };
}

function etcdCell({ trust, failure, isLeader, isLearner, endpoint, name, errors }: EtcdMember): EtcdCell {
  return { trust, failure, isLeader, isLearner, endpoint, name, errors };
}
