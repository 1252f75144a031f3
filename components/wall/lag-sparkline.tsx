"use client";
import { useSyncExternalStore } from "react";
import { useAtTick } from "@/lib/client/use-live";
import { SLOT_MS, SLOTS, stretchesOf, type Trails } from "./trail";

const HEIGHT = 24;
/** Noise of an idle cluster looks as small as it is. */
const LEAST_TOP_BYTES = 1024 ** 2;

/** Worst replay lag of the last ten minutes, as far as this page was open; nothing is drawn where nothing was known. */
export function LagSparkline(props: { scope: string; trails: Trails }) {
  const { scope, trails } = props;
  const trail = useSyncExternalStore(
    trails.subscribe,
    () => trails.of(scope),
    () => trails.of(scope),
  );
  // A picture may be newer than the clock's last tick.
  const slotNow = Math.max(
    useAtTick((now) => Math.floor(now / SLOT_MS)),
    trail.at(-1)?.slot ?? 0,
  );
  const top = Math.max(LEAST_TOP_BYTES, ...trail.map(({ bytes }) => bytes ?? 0));
  const x = (slot: number) => SLOTS - 1 - (slotNow - slot);
  const y = (bytes: number) => HEIGHT - 1.5 - (bytes / top) * (HEIGHT - 3);
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${SLOTS} ${HEIGHT}`}
      preserveAspectRatio="none"
      className="wall-sparkline"
      data-points={trail.length}
    >
      <path d={`M0 ${HEIGHT - 0.5}H${SLOTS}`} className="wall-sparkline-floor" />
      {stretchesOf(trail).map((points) => (
        <path
          key={points[0]?.slot}
          // One point alone is a line of no length, which round ends make a dot.
          d={
            points.map(({ slot, bytes }, i) => `${i === 0 ? "M" : "L"}${x(slot)} ${y(bytes).toFixed(1)}`).join("") +
            (points.length === 1 ? "h0" : "")
          }
          className="wall-sparkline-line"
        />
      ))}
    </svg>
  );
}
