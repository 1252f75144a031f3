import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import {
  ensureUp,
  exec,
  HOSTS,
  type HostName,
  hostAddress,
  PORTS,
  readTruth,
  type ServiceName,
  service,
  type Truth,
} from "@/lab/index";
import type { NextFailure } from "@/lib/domain/actions/plan";
import type { Lsn } from "@/lib/domain/ids";
import { lagBytes } from "@/lib/domain/lsn";
import { predictFailures } from "@/lib/domain/next-failure/predict";
import { makeAccounts } from "../../support/accounts";
import { makeDashboard, RESULTS, START_FILE } from "../../support/dashboard";
import type { StreamRecorder } from "../../support/stream-recorder";
import { until } from "../../support/until";
import { startWriteProbe, type WriteProbe } from "../../support/write-probe";
import { recover } from "../scene";
import { type Compared, compare, type Outcome } from "./compare";

/**
 * `npm run test:next-failure`: for each host and each layer on it the prediction is written down from the live picture, the thing is
 * really killed and left dead, and what comes of it is held against the prediction. `--only host,etcd,…` takes some layers alone.
 */

/** As the lab's dynamic configuration has it. */
const MAXIMUM_LAG_BYTES = 1_048_576;
/** Health checks, Keepalived and PgBouncer notice a death within this time; before, nothing has come of it yet, in ms. */
const NOTICED_MS = 8_000;
const WELL_FOR_MS = 4_000;
/** ttl, two loops and an election: what has not come by then does not come by itself, in ms. */
const GIVEN_UP_MS = 55_000;

type Line = {
  readonly foretold: NextFailure;
  readonly outcome: Outcome;
  readonly compared: Compared;
  readonly seconds: number;
};

const SERVICE: Readonly<Record<NextFailure["layer"], ServiceName | "all">> = {
  host: "all",
  vip: "keepalived",
  haproxy: "haproxy",
  pgbouncer: "pgbouncer",
  postgres: "postgres",
  patroni: "patroni",
  dcs: "etcd",
};

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { only: { type: "string" } } });
  if (!existsSync(START_FILE)) throw new Error(`${START_FILE} is missing: run "npm run build" first`);
  await ensureUp({ report: (line) => console.log(`lab: ${line}`) });
  const dashboard = await makeDashboard({ name: "next-failure", accounts: await makeAccounts() });
  await recover();
  await dashboard.start();
  await dashboard.ready();
  const recorder = dashboard.record();
  const lines: Line[] = [];
  try {
    const layers = values.only?.split(",");
    for (const { layer, subject } of predictions(await healthy(recorder))) {
      if (layers && !layers.includes(layer)) continue;
      const line = await one(recorder, layer, subject);
      lines.push(line);
      console.log(tell(line));
    }
  } finally {
    recorder.stop();
    await dashboard.stop();
    await recover();
  }
  return report(lines);
}

type Picture = Parameters<typeof predictFailures>[0];
const predictions = (picture: Picture): readonly NextFailure[] => predictFailures(picture, MAXIMUM_LAG_BYTES);

/** A picture made after now, in which all is well and nobody is behind. */
async function healthy(recorder: StreamRecorder) {
  const after = Date.now();
  const well = await recorder.waitFor(
    ({ writePath, members, sources }) =>
      writePath.state === "ok" &&
      sources.every(({ stale }) => !stale) &&
      members.every(
        ({ role, lag, replicationState }) =>
          role === "leader" || (lag.receiveBytes === 0 && replicationState === "streaming"),
      ),
    { deadlineMs: 60_000, what: "a picture in which all is well", after },
  );
  return well.snapshot;
}

async function one(recorder: StreamRecorder, layer: NextFailure["layer"], subject: string): Promise<Line> {
  await recover();
  const picture = await healthy(recorder);
  const ofLayer = predictions(picture).filter((each) => each.layer === layer);
  // The one PgBouncer that matters stands beside the leader, and who leads has changed with the failures before.
  const only = ofLayer.length === 1 ? ofLayer[0] : undefined;
  const foretold = ofLayer.find((each) => each.subject === subject) ?? only;
  if (!foretold) throw new Error(`nothing is foretold of ${layer} ${subject}`);
  const before = await readTruth();
  const host = layer === "vip" ? before.vipHolders[0] : HOSTS.find((name) => name === foretold.subject);
  if (!host) throw new Error(`${layer} ${foretold.subject} is on no host`);
  const probe = await startWriteProbe();
  const killedAt = Date.now();
  try {
    await service("kill", host, SERVICE[layer]);
    const outcome = await outcomeOf(probe, before, killedAt);
    const seconds = Math.round((Date.now() - killedAt) / 1_000);
    return { foretold, outcome, compared: compare(foretold, outcome), seconds };
  } finally {
    // Its table can only be dropped where writes go: after the repair.
    await recover();
    await probe.stop();
  }
}

/** Writes have gone well for a while and somebody leads, or the time is up in which that could still come. */
async function outcomeOf(probe: WriteProbe, before: Truth, killedAt: number): Promise<Outcome> {
  const wellAgain = (): boolean => {
    const late = Date.now() - WELL_FOR_MS;
    const recent = probe.attempts().filter(({ startedAt }) => startedAt >= late && startedAt < Date.now() - 1_000);
    return recent.length > 10 && recent.every(({ failure }) => failure === null);
  };
  const settled = async () => {
    if (Date.now() - killedAt < NOTICED_MS || !wellAgain()) return undefined;
    const truth = await readTruth();
    const { leaderKey, writable, hosts } = truth;
    // While the former leader's Patroni is dead its key still stands: until it expires nothing is decided.
    const decided = leaderKey !== null && hosts[leaderKey as HostName]?.services.patroni === "running";
    return decided && writable.includes(leaderKey as HostName) ? truth : undefined;
  };
  const good = await until(settled, { deadlineMs: GIVEN_UP_MS, everyMs: 250, what: "writes to go on" }).catch(
    () => null,
  );
  const truth = good ?? (await readTruth());
  return {
    writes: good ? "served" : "lost",
    leader: truth.leaderKey,
    vipHolders: truth.vipHolders,
    hasQuorum: Object.values(truth.hosts).some(({ etcd }) => etcd?.isLeader === true),
    lostBytes: await lostBytes(before, truth),
  };
}

/** What the former leader had when the prediction was made, beyond the point at which the new timeline left the old one. */
async function lostBytes(before: Truth, after: Truth): Promise<number | null> {
  const [was, is] = [before.leaderKey, after.leaderKey] as (HostName | null)[];
  if (!was || !is || was === is) return null;
  const had = before.hosts[was]?.lsn;
  const fork = await forkOf(is);
  if (!had || !fork) return null;
  return lagBytes(had as Lsn, fork as Lsn);
}

/** Where the newest timeline began, by Patroni's history. */
async function forkOf(host: HostName): Promise<string | null> {
  const { stdout } = await exec(host, [
    "curl",
    "-s",
    "-m",
    "5",
    `http://${hostAddress(host)}:${PORTS.patroni}/history`,
  ]);
  const history = JSON.parse(stdout) as readonly (readonly [number, number | string])[];
  const lsn = history.at(-1)?.[1];
  if (lsn === undefined) return null;
  if (typeof lsn === "string") return lsn;
  const value = BigInt(lsn);
  return `${(value >> 32n).toString(16)}/${(value & 0xffff_ffffn).toString(16)}`.toUpperCase();
}

function tell({ foretold, outcome, compared, seconds }: Line): string {
  const { params } = foretold.text;
  const said = `writes ${foretold.writes}, ${params.leader} leads, VIP ${params.vip} ${params.to}, quorum ${params.quorum}`;
  const was = `writes ${outcome.writes}, ${outcome.leader ?? "nobody"} leads, VIP ${outcome.vipHolders.join(" ") || "nowhere"}, quorum ${outcome.hasQuorum ? "kept" : "lost"}`;
  const head = `${compared.verdict.padEnd(6)} ${foretold.layer} ${foretold.subject} (${seconds} s)`;
  return [
    head,
    `       foretold: ${said}`,
    `       came:     ${was}`,
    ...compared.differences.map((one) => `       ! ${one}`),
  ].join("\n");
}

function report(lines: readonly Line[]): number {
  const file = join(RESULTS, "next-failure.json");
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(file, `${JSON.stringify({ at: new Date().toISOString(), lines }, null, 2)}\n`);
  console.table(
    lines.map(({ foretold, outcome, compared, seconds }) => ({
      layer: foretold.layer,
      subject: foretold.subject,
      foretold: `${foretold.writes}, ${foretold.text.params.leader}`,
      came: `${outcome.writes}, ${outcome.leader ?? "nobody"}`,
      vip: outcome.vipHolders.join(" ") || "nowhere",
      quorum: outcome.hasQuorum ? "kept" : "lost",
      lostBytes: outcome.lostBytes ?? "–",
      seconds,
      verdict: compared.verdict,
    })),
  );
  const count = (verdict: Compared["verdict"]) => lines.filter(({ compared }) => compared.verdict === verdict).length;
  console.log(
    `${lines.length} failures: ${count("right")} as foretold, ${count("open")} left open, ${count("wrong")} wrong; ${file}`,
  );
  return count("wrong") === 0 ? 0 : 1;
}

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    console.log("broken off: putting the lab right");
    void recover().finally(() => process.exit(130));
  });
}

process.exitCode = await main();
