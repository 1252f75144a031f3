"use client";
import { LagFigure, LagTrust } from "@/components/members/lag-cell";
import { useT } from "@/lib/client/i18n";
import type { Topology } from "@/lib/domain/topology/build";
import { type Geometry, replicationLines } from "./geometry";

/** How far each replica is behind, at the end of its arrow. */
export function ReplicationLags(props: { topology: Topology; geometry: Geometry }) {
  const { topology, geometry } = props;
  const t = useT();
  const lines = replicationLines(topology, geometry);
  if (geometry.lagTopPx === null) return null;
  const top = geometry.lagTopPx;
  return topology.replication.map(({ id, lag }) => {
    const line = lines.get(id);
    if (!line || lag === null) return null;
    return (
      <p
        key={id}
        className="absolute flex -translate-x-1/2 gap-1.5 text-xs whitespace-nowrap"
        style={{ left: `${line.x / geometry.columns}%`, top }}
        data-lag-of={id}
      >
        <span className="sr-only">{t("topology.replication")}: </span>
        <LagFigure lag={lag} of="replayBytes" />
        {lag.replaySeconds === null ? null : (
          <span className="max-sm:hidden">
            <LagFigure lag={lag} of="replaySeconds" />
          </span>
        )}
        <LagTrust lag={lag} />
      </p>
    );
  });
}
