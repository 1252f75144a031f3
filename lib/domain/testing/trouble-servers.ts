import { TLS_SERVICES } from "../certificates/facts";
import type { ClusterState } from "../cluster-state";
import { instant } from "../ids";
import type { PostgresVitals, SessionNote } from "../vitals/facts";
import { certificate, shows } from "./server";

/** What may be out of order with servers themselves, on the chance that is given. */

type Dice = {
  chance(p: number): boolean;
  pick<T>(from: readonly T[]): T;
  below(limit: number): number;
  when(): number;
};
type Change = { -readonly [K in keyof PostgresVitals]?: PostgresVitals[K] };

const GIB = 1_073_741_824;
const DAY_MS = 86_400_000;

export function troubledFacts(was: PostgresVitals, { chance, pick, below }: Dice, now: number): Change {
  const over: Change = {};
  const session = (): SessionNote => ({
    pid: 100 + below(4),
    user: pick(["erp", null]),
    application: pick(["", "psql", "1CV83 Server {x}"]),
    seconds: below(40_000),
  });
  if (chance(0.3)) over.longestTransaction = session();
  if (chance(0.3)) over.longestIdleInTransaction = session();
  if (chance(0.2)) over.lockWaits = { sessions: 1 + below(30), longestSeconds: below(900) };
  if (chance(0.1)) over.connections = null;
  if (chance(0.2)) over.multixactAge = below(2_000_000_000);
  if (chance(0.1)) over.oldestDatabase = null;
  if (chance(0.2)) {
    const setting = pick(Object.keys(was.settings));
    over.settings = { ...was.settings, [setting]: pick(["", "7", "off", null]) };
  }
  if (chance(0.1)) {
    const checksumLastFailureAt = pick([null, instant(now - below(DAY_MS))]);
    over.databases = { ...was.databases, checksumFailures: pick([null, 1, 40]), checksumLastFailureAt };
  }
  if (chance(0.3)) {
    const used = below(100);
    const disk = { totalBytes: 100 * GIB, usedBytes: used * GIB, freeBytes: (99 - used) * GIB };
    const holds = pick([["data", "wal"], ["wal"], ["tablespace"]] as const);
    over.disk = { disks: [{ ...disk, holds, mount: pick(["/", "/srv/pg data"]) }], at: instant(now) };
  }
  return over;
}

export function troubleCertificates(before: ClusterState, { chance, pick, below, when }: Dice): ClusterState {
  let state = before;
  for (const { name } of before.roster) {
    if (!chance(0.3)) continue;
    const digits = String(below(10_000)).padStart(8, "0");
    const seen = [certificate(below(60) - 10, { fingerprint: digits.padEnd(64, "0") })];
    state = shows(
      state,
      pick(TLS_SERVICES),
      name,
      chance(0.8) ? seen : pick([[], "refused", "timeout"] as const),
      when(),
    );
  }
  return state;
}
