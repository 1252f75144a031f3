import type { Edge, Row, Topology } from "@/lib/domain/topology/build";

/**
 * Where everything of the grid stands. Across, the unit is a hundredth of a column, so that the drawing stretches with the page
 * and needs no measuring; down, it is a pixel. Depends on structure alone: no figure that changes moves anything.
 */
export type Geometry = {
  readonly columns: number;
  readonly heightPx: number;
  readonly rows: readonly { readonly row: Row; readonly topPx: number; readonly heightPx: number }[];
  /** Middle of a cell, and its upper and lower edge. */
  readonly places: ReadonlyMap<string, Place>;
  /** Height at which the lag of each replication line is written. */
  readonly lagTopPx: number | null;
};

export type Place = { readonly x: number; readonly topPx: number; readonly bottomPx: number };

export const COLUMN_UNITS = 100;
const TOP_PX = 26;
const GAP_PX = 24;
const LANE_PX = 14;
const LAG_PX = 22;
const ROUND_PX = 8;
const ROUND_UNITS = 4;
/** Lines that come in and lines that go out of one cell keep apart by this. */
const APART_UNITS = 7;
const HEIGHT_PX: Readonly<Record<Row, number>> = { vip: 40, haproxy: 54, pgbouncer: 54, postgres: 74, dcs: 54 };

export function layOut(topology: Topology): Geometry {
  const lanes = new Set(topology.replication.map(({ from }) => from)).size;
  let y = TOP_PX;
  let lagTopPx: number | null = null;
  const rows = topology.rows.map((row) => {
    const placed = { row, topPx: y, heightPx: HEIGHT_PX[row] };
    y += HEIGHT_PX[row] + GAP_PX;
    if (row === "postgres" && lanes > 0) {
      lagTopPx = placed.topPx + placed.heightPx + 8 + lanes * LANE_PX;
      y = lagTopPx + LAG_PX + GAP_PX / 2;
    }
    return placed;
  });
  const columnOf = new Map(topology.hosts.map(({ id }, index) => [id, index]));
  const rowOf = new Map(rows.map((entry) => [entry.row, entry]));
  const places = new Map<string, Place>();
  for (const cell of topology.cells) {
    const column = columnOf.get(cell.column);
    const row = rowOf.get(cell.row);
    if (column === undefined || !row) continue;
    const x = (column + 0.5) * COLUMN_UNITS;
    places.set(cell.id, { x, topPx: row.topPx, bottomPx: row.topPx + row.heightPx });
  }
  return { columns: topology.hosts.length, heightPx: y - GAP_PX + 4, rows, places, lagTopPx };
}

/** The line of a write between two cells: down, across in the gap under the upper one, down. Null when an end is not drawn. */
export function writeLine(edge: Edge, geometry: Geometry): string | null {
  const from = geometry.places.get(edge.from);
  const to = geometry.places.get(edge.to);
  if (!from || !to) return null;
  return elbow(from.x, from.bottomPx, from.bottomPx + GAP_PX / 2, to.x, to.topPx);
}

/** From the clients at the upper edge into the first cell of the way. */
export function entryLine(first: string, geometry: Geometry): string | null {
  const to = geometry.places.get(first);
  return to ? `M${to.x} 0V${to.topPx}` : null;
}

export type ReplicationLine = { readonly path: string; readonly x: number; readonly topPx: number };

/** Each upstream has a lane of its own under PostgreSQL's row; its replicas are reached from below. */
export function replicationLines(topology: Topology, geometry: Geometry): ReadonlyMap<string, ReplicationLine> {
  const upstreams = [...new Set(topology.replication.map(({ from }) => from))];
  const receivers = new Set(topology.replication.map(({ to }) => to));
  const lines = new Map<string, ReplicationLine>();
  for (const edge of topology.replication) {
    const from = geometry.places.get(edge.from);
    const to = geometry.places.get(edge.to);
    if (!from || !to) continue;
    const laneY = from.bottomPx + 6 + (upstreams.indexOf(edge.from) + 1) * LANE_PX - LANE_PX / 2;
    const out = from.x + (receivers.has(edge.from) ? APART_UNITS : 0);
    const into = to.x - (upstreams.includes(edge.to) ? APART_UNITS : 0);
    lines.set(edge.id, { path: elbow(out, from.bottomPx, laneY, into, to.bottomPx), x: into, topPx: to.bottomPx });
  }
  return lines;
}

function elbow(x1: number, y1: number, laneY: number, x2: number, y2: number): string {
  if (x1 === x2) return `M${x1} ${y1}V${y2}`;
  const across = x2 > x1 ? 1 : -1;
  const down = laneY > y1 ? 1 : -1;
  const onwards = y2 > laneY ? 1 : -1;
  const rx = ROUND_UNITS * across;
  const first = Math.min(ROUND_PX, Math.abs(laneY - y1));
  const second = Math.min(ROUND_PX, Math.abs(y2 - laneY));
  return [
    `M${x1} ${y1}V${laneY - first * down}`,
    `Q${x1} ${laneY} ${x1 + rx} ${laneY}`,
    `H${x2 - rx}`,
    `Q${x2} ${laneY} ${x2} ${laneY + second * onwards}`,
    `V${y2}`,
  ].join("");
}
