"use client";
import { clsx } from "clsx";
import type { ReactNode } from "react";
import { useTrust } from "@/components/status/trust";
import { useT } from "@/lib/client/i18n";
import type { Cell } from "@/lib/domain/topology/build";
import type { Place } from "./geometry";
import type { LineState } from "./topology-lines";

/** The box at a crossing of host and layer. Lit when a write passes; hatched and dashed when we cannot tell how it is now. */
export function CellFrame(props: {
  cell: Cell;
  place: Place;
  columns: number;
  line: LineState | null;
  children: ReactNode;
}) {
  const { cell, place, columns, line } = props;
  const t = useT();
  const trust = useTrust(cell.trust);
  const doubtful = trust === "stale" || trust === "unknown";
  return (
    <div
      className="absolute px-1.5"
      style={{
        left: `${(place.x - 50) / columns}%`,
        width: `${100 / columns}%`,
        top: place.topPx,
        height: place.bottomPx - place.topPx,
      }}
    >
      <div
        data-cell={cell.id}
        data-trust={trust}
        data-lit={line === "lit" && !doubtful}
        className={clsx(
          "mx-auto flex h-full max-w-60 flex-col justify-center overflow-hidden rounded-md border px-1.5 text-xs leading-4.5 sm:px-2.5",
          doubtful
            ? "hatched border-dashed border-blind-line bg-surface"
            : line === "wrong"
              ? "border-crit bg-crit-soft"
              : line === "lit"
                ? "border-accent/70 bg-accent-soft"
                : "border-line-strong bg-surface",
        )}
      >
        <span className="sr-only">
          {t(`layer.${cell.row}`)} {cell.name}:{" "}
        </span>
        {props.children}
      </div>
    </div>
  );
}
