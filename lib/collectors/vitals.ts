import type { RosterEntry } from "@/lib/domain/cluster-state";
import { type Observation, ok, type Result } from "@/lib/domain/observation";
import type { DatabaseSizes, PostgresVitals } from "@/lib/domain/vitals/facts";
import type { PostgresProbe } from "@/lib/sources/postgres/client";
import { type Beat, startBeat } from "./beat";
import type { Desk } from "./desk";

/** How often the databases of the writable server are measured, in ms. */
export const SIZES_INTERVAL_MS = 300_000;
/** Each of a slow look's questions is limited by the probe; this ends a look that has very many of them, in ms. */
const VITALS_GIVE_UP_MS = 10_000;
const SIZES_GIVE_UP_MS = 120_000;

type SlowLooks = {
  readonly beats: readonly Beat[];
  /** What the fast look has just found: the slow ones look at once when the server came back, and when it became writable. */
  onSeen(seen: Observation<{ readonly inRecovery: boolean }>): void;
};

/**
 * Starts the slow looks at one member's PostgreSQL, over the connection that the fast look keeps. `onReloaded` is called when the server
 * has loaded its configuration anew.
 */
export function startSlowLooks(
  desk: Desk,
  { name }: RosterEntry,
  intervalMs: number,
  probe: PostgresProbe,
  onReloaded: () => void,
): SlowLooks {
  let configuredAt: string | null = null;
  let writable: boolean | null = null;
  let failing = false;
  let lost = false;
  desk.expect("vitals", "postgres-vitals", name, intervalMs);

  const vitals = startBeat<PostgresVitals>({
    source: "postgres-vitals",
    target: name,
    intervalMs,
    giveUpMs: VITALS_GIVE_UP_MS,
    look: (signal) => probe.vitals(signal),
    onSeen(seen) {
      failing = !seen.result.ok;
      desk.see("vitals", seen, intervalMs);
      if (!seen.result.ok) return;
      const before = configuredAt;
      configuredAt = seen.result.value.configuredAt;
      if (before !== null && before !== configuredAt) onReloaded();
    },
  });

  // Every member has the same databases: one server is measured, the one that they grow on.
  const sizes = startBeat<DatabaseSizes | null>({
    source: "postgres-sizes",
    target: name,
    intervalMs: SIZES_INTERVAL_MS,
    giveUpMs: SIZES_GIVE_UP_MS,
    look: (signal): Promise<Result<DatabaseSizes | null>> =>
      writable ? probe.sizes(signal) : Promise.resolve(ok(null)),
    onSeen(seen) {
      const { result } = seen;
      if (!result.ok) desk.see("sizes", { ...seen, result }, SIZES_INTERVAL_MS);
      else if (result.value) desk.see("sizes", { ...seen, result: ok(result.value) }, SIZES_INTERVAL_MS);
    },
  });

  return {
    beats: [unhurried(vitals), unhurried(sizes)],
    onSeen({ result }) {
      const back = lost && result.ok;
      lost = !result.ok;
      if (!result.ok) return;
      const became = !result.value.inRecovery && writable !== true;
      writable = !result.value.inRecovery;
      if (back && failing) vitals.wake();
      if (became) sizes.wake();
    },
  };
}

/** News elsewhere are no reason to read statistics several times a second. */
const unhurried = (beat: Beat): Beat => ({
  ...beat,
  wake: () => undefined,
  setFast: () => undefined,
  once: () => Promise.resolve(),
});
