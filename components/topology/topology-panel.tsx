"use client";
import { memo, useMemo } from "react";
import { useShortName } from "@/components/members/short-name";
import { usePageStale } from "@/components/status/trust";
import { Panel } from "@/components/ui/panel";
import { useT } from "@/lib/client/i18n";
import type { Snapshot } from "@/lib/domain/snapshot";
import { deepEqual } from "@/lib/domain/snapshot/share";
import { buildTopology, type Cell, type Topology } from "@/lib/domain/topology/build";
import { CellContent } from "./cell-content";
import { CellFrame } from "./cell-frame";
import { type CellView, cellView, TOPOLOGY_SECTIONS } from "./cell-view";
import { type Geometry, layOut, type Place } from "./geometry";
import { ReplicationLags } from "./replication-lags";
import { cellStates, type LineState, TopologyLines } from "./topology-lines";

/** True when two pictures are drawn as the same grid. */
function sameGrid(a: { snapshot: Snapshot }, b: { snapshot: Snapshot }): boolean {
  const [was, is] = [a.snapshot, b.snapshot];
  return (
    TOPOLOGY_SECTIONS.every((section) => was[section] === is[section]) &&
    was.dcs.members === is.dcs.members &&
    was.writePath.writer === is.writePath.writer &&
    was.writePath.state === is.writePath.state
  );
}

/** The grid that people have in their heads: a column a host, a row a layer, the way of a write as one lit line. */
export const TopologyPanel = memo(function TopologyPanel(props: { snapshot: Snapshot }) {
  const { snapshot } = props;
  const t = useT();
  const stale = usePageStale();
  const topology = useMemo(() => buildTopology(snapshot), [snapshot]);
  const geometry = useMemo(() => layOut(topology), [topology]);
  const lines = cellStates(topology, stale);
  const shorten = useShortName();
  const known = topology.writePath.length > 0 && !stale;
  return (
    <Panel
      title={t("topology.title")}
      aside={known ? undefined : <span className="text-blind">{t("topology.noWritePath")}</span>}
      flush
    >
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by the keyboard
        tabIndex={0}
        aria-label={t("topology.label", { writer: snapshot.writePath.writer ?? "none" })}
        className="overflow-x-auto px-2 pb-4 sm:px-4"
      >
        <div
          className="grid min-w-(--grid-min) grid-cols-[3.75rem_1fr] sm:grid-cols-[5.5rem_1fr]"
          style={{ "--grid-min": `${4 + topology.hosts.length * 5.7}rem` } as React.CSSProperties}
        >
          <div />
          <ColumnHeads topology={topology} shorten={shorten} />
          <RowLabels geometry={geometry} />
          <div className="relative" style={{ height: geometry.heightPx }}>
            <TopologyLines topology={topology} geometry={geometry} stale={stale} />
            {topology.cells.map((cell) => {
              const place = geometry.places.get(cell.id);
              const view = cellView(cell, snapshot);
              return place && view ? (
                <GridCell
                  key={cell.id}
                  cell={cell}
                  view={view}
                  place={place}
                  columns={geometry.columns}
                  line={lines.get(cell.id) ?? null}
                />
              ) : null;
            })}
            <ReplicationLags topology={topology} geometry={geometry} />
          </div>
        </div>
      </section>
    </Panel>
  );
}, sameGrid);

type GridCellProps = { cell: Cell; view: CellView; place: Place; columns: number; line: LineState | null };

/** Everything that a cell is given is plain JSON made anew with each picture, so it is compared by what it says. */
const GridCell = memo(function GridCell(props: GridCellProps) {
  const { cell, view, place, columns, line } = props;
  return (
    <CellFrame cell={cell} place={place} columns={columns} line={line}>
      <CellContent cell={cell} view={view} />
    </CellFrame>
  );
}, deepEqual);

function ColumnHeads(props: { topology: Topology; shorten: (name: string) => string }) {
  return (
    <div className="grid auto-cols-fr grid-flow-col">
      {props.topology.hosts.map(({ id, label, host }) => (
        <div key={id} className="flex min-w-0 flex-col justify-end px-1 text-center">
          <div className="line-clamp-2 text-sm leading-4.5 font-semibold wrap-anywhere" title={label}>
            {props.shorten(label)}
          </div>
          <div className="clip-name text-xs text-ink-3" title={host ?? undefined}>
            {host ?? "\u00a0"}
          </div>
        </div>
      ))}
    </div>
  );
}

function RowLabels(props: { geometry: Geometry }) {
  const t = useT();
  return (
    <div className="relative text-2xs font-medium text-ink-3 sm:text-xs" aria-hidden="true">
      <div className="absolute top-1">{t("topology.clients")}</div>
      {props.geometry.rows.map(({ row, topPx, heightPx }) => (
        <div key={row} className="absolute flex items-center" style={{ top: topPx, height: heightPx }}>
          {t(`layer.${row}`)}
        </div>
      ))}
      {props.geometry.lagTopPx === null ? null : (
        <div className="absolute" style={{ top: props.geometry.lagTopPx }}>
          {t("topology.replication")}
        </div>
      )}
    </div>
  );
}
