import { clsx } from "clsx";
import type { Edge, Topology } from "@/lib/domain/topology/build";
import { COLUMN_UNITS, entryLine, type Geometry, replicationLines, writeLine } from "./geometry";

export type LineState = "lit" | "wrong" | "blind";

/** How the way of a write is drawn: lit where it ends at the writer, as a fault where it leads elsewhere, dashed otherwise. */
export function lineState(edge: Edge, pageStale: boolean): LineState {
  if (pageStale || edge.trust !== "fresh" || edge.right === null) return "blind";
  return edge.right ? "lit" : "wrong";
}

const WEIGHT: Readonly<Record<LineState, number>> = { wrong: 2, lit: 1, blind: 0 };

/** How each cell on the way of a write is drawn: as a fault if any line that touches it is one, lit if any is. */
export function cellStates(topology: Topology, pageStale: boolean): ReadonlyMap<string, LineState> {
  const states = new Map<string, LineState>();
  for (const edge of topology.writePath) {
    const state = lineState(edge, pageStale);
    for (const id of [edge.from, edge.to]) {
      const known = states.get(id);
      if (known === undefined || WEIGHT[state] > WEIGHT[known]) states.set(id, state);
    }
  }
  return states;
}

const STROKE: Readonly<Record<LineState, string>> = {
  lit: "stroke-accent",
  wrong: "stroke-crit",
  blind: "stroke-blind [stroke-dasharray:5_5]",
};
const HEAD: Readonly<Record<LineState, string>> = { lit: "text-accent", wrong: "text-crit", blind: "text-blind" };

/** The lines of the grid, drawn under its cells. What they say stands in words in the cells. */
export function TopologyLines(props: { topology: Topology; geometry: Geometry; stale: boolean }) {
  const { topology, geometry, stale } = props;
  const replication = replicationLines(topology, geometry);
  const [first] = topology.writePath;
  const entry = first ? entryLine(first.from, geometry) : null;
  return (
    <div aria-hidden="true" className="absolute inset-0">
      <svg
        aria-hidden="true"
        className="absolute inset-0 h-full w-full overflow-visible"
        viewBox={`0 0 ${geometry.columns * COLUMN_UNITS} ${geometry.heightPx}`}
        preserveAspectRatio="none"
        fill="none"
      >
        {topology.replication.map((edge) => (
          <path
            key={edge.id}
            d={replication.get(edge.id)?.path}
            vectorEffect="non-scaling-stroke"
            strokeWidth={1.5}
            data-replication={edge.id}
            className={
              stale || edge.trust !== "fresh" ? "stroke-blind-line [stroke-dasharray:4_4]" : "stroke-line-strong"
            }
          />
        ))}
        {entry && first ? <WriteStroke path={entry} state={lineState(first, stale)} /> : null}
        {topology.writePath.map((edge) => {
          const path = writeLine(edge, geometry);
          return path ? <WriteStroke key={edge.id} id={edge.id} path={path} state={lineState(edge, stale)} /> : null;
        })}
      </svg>
      {topology.replication.map((edge) => {
        const line = replication.get(edge.id);
        const faint = stale || edge.trust !== "fresh";
        return line ? (
          <Head
            key={edge.id}
            x={line.x}
            topPx={line.topPx}
            up
            geometry={geometry}
            className={faint ? "text-blind" : "text-ink-3"}
          />
        ) : null;
      })}
      {topology.writePath.map((edge) => {
        const to = geometry.places.get(edge.to);
        return to ? (
          <Head key={edge.id} x={to.x} topPx={to.topPx} geometry={geometry} className={HEAD[lineState(edge, stale)]} />
        ) : null;
      })}
    </div>
  );
}

function WriteStroke(props: { path: string; state: LineState; id?: string }) {
  const { path, state, id } = props;
  return (
    <g className={STROKE[state]} data-write={id} data-line={state}>
      {state === "blind" ? null : (
        <path d={path} vectorEffect="non-scaling-stroke" strokeWidth={9} strokeLinecap="round" opacity={0.18} />
      )}
      <path d={path} vectorEffect="non-scaling-stroke" strokeWidth={2.5} strokeLinecap="round" />
    </g>
  );
}

/** An arrow's head. Not in the SVG, which is stretched across and would distort it. */
function Head(props: { x: number; topPx: number; up?: boolean; geometry: Geometry; className: string }) {
  const { x, topPx, up, geometry } = props;
  return (
    <svg
      aria-hidden="true"
      width="10"
      height="8"
      viewBox="0 0 10 8"
      className={clsx("absolute -translate-x-1/2", !up && "-translate-y-full", props.className)}
      style={{ left: `${x / geometry.columns}%`, top: topPx }}
    >
      <path d={up ? "M5 0 10 8H0Z" : "M5 8 0 0H10Z"} fill="currentColor" />
    </svg>
  );
}
