import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { recover } from "@/e2e/matrix/scene";
import { RECORDINGS } from "@/e2e/recording";
import { record } from "@/e2e/recording/record";
import { openShelf } from "@/e2e/recording/shelf";
import { makeAccounts } from "@/e2e/support/accounts";
import { apiOf } from "@/e2e/support/api";
import { type Dashboard, makeDashboard, RESULTS, START_FILE } from "@/e2e/support/dashboard";
import { until } from "@/e2e/support/until";
import { credentials, ensureUp, SCOPE } from "@/lab/index";
import type { RunbooksAnswer } from "@/lib/contract/runbooks";
import type { RunbookPlaces } from "@/lib/domain/runbooks/places";

/**
 * `npm run record-snapshots`: breaks a lab in a world of its own in every way that is listed in `e2e/recording`, and keeps what a browser is
 * shown of it by the built app, for tests that want real pictures. `-- --only NAME,NAME`; `--missing`: what is not kept yet; `--list`.
 * Run it again when the shape of a snapshot has changed.
 */

/** Lowered where a fault would otherwise take long to be called one. */
const LIMITS = {
  lagWarn: "8MB",
  lagHold: "3s",
  slotWarn: "16MB",
  forgotten: "5s",
  pgbouncerHold: "3s",
  pgbouncerWait: "500ms",
  transactionWarn: "5s",
  idleInTransaction: "5s",
  blocked: "3s",
  connectionsWarnPercent: 30,
  connectionsCriticalPercent: 90,
};
const NAME = "recording";
const HOSTS_OF_LAB = 3;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { only: { type: "string" }, missing: { type: "boolean" }, list: { type: "boolean" } },
  });
  if (values.list) {
    for (const { name, moments } of RECORDINGS) console.log(`${name}: ${moments.map((one) => one.name).join(", ")}`);
    return 0;
  }
  const names = values.only?.split(",");
  const strangers = names?.filter((name) => !RECORDINGS.some((one) => one.name === name)) ?? [];
  if (strangers.length > 0) throw new Error(`no such recording: ${strangers.join(", ")}; see --list`);
  if (!existsSync(START_FILE)) throw new Error(`${START_FILE} is missing: run "npm run build" first`);
  await ensureUp({ report: (line) => console.log(`lab: ${line}`) });
  const accounts = await makeAccounts();
  const shelf = openShelf(accounts);
  const wanted = RECORDINGS.filter(({ name }) => names?.includes(name) ?? true).filter(
    ({ moments }) => !values.missing || moments.some((one) => !shelf.has(one.name)),
  );
  // Each time begins with an empty record: what an earlier one saw is not its past.
  rmSync(join(RESULTS, "dashboards", NAME), { recursive: true, force: true });
  const backups = [{ kind: "pgbackrest", stanza: SCOPE, via: "sql", interval: "5s" }];
  const password = credentials().matriarch;
  const postgres = { user: "matriarch", password, database: "postgres", sslmode: "prefer", vitalsInterval: "3s" };
  const cluster = { findings: LIMITS, backups, postgres };
  const dashboard = await makeDashboard({ name: NAME, accounts, cluster });
  await dashboard.start();
  await dashboard.ready();
  const recorder = dashboard.record();
  let missed = 0;
  try {
    shelf.putPlaces(await placesOf(dashboard));
    for (const recording of wanted) {
      const began = Date.now();
      const outcome = await record(recording, dashboard, recorder, shelf);
      missed += outcome.missed.length;
      const kept = outcome.kept.map((name) => `${name} (${(shelf.sizeOf(name) / 1024).toFixed(1)} kB)`);
      console.log(
        `${recording.name}: ${kept.join(", ") || "nothing"} in ${Math.round((Date.now() - began) / 1_000)} s`,
      );
      for (const { name, why } of outcome.missed) console.log(`  missed ${name}: ${why.split("\n")[0]}`);
    }
  } finally {
    recorder.stop();
    await dashboard.stop();
  }
  await recover();
  return missed === 0 ? 0 : 1;
}

/** Once each server has told where its data are. */
function placesOf(dashboard: Dashboard): Promise<RunbookPlaces> {
  const api = apiOf(dashboard);
  return until(
    async () => {
      const told = await api.call<RunbooksAnswer>("GET", `/runbooks?scope=${SCOPE}`);
      const places = told.ok ? told.body.places : null;
      return places && Object.keys(places.dataDirs).length === HOSTS_OF_LAB ? places : undefined;
    },
    { deadlineMs: 45_000, everyMs: 500, what: "the places of every member" },
  );
}

process.exitCode = await main();
