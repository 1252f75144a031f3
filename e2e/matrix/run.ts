import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { ensureUp } from "@/lab/index";
import { makeAccounts } from "../support/accounts";
import { START_FILE } from "../support/dashboard";
import { FAULTS } from "./faults";
import { runHealthy } from "./healthy";
import { report, tellRow } from "./report";
import { breakOff, carryThrough, type Row } from "./row";

/**
 * `npm run test:faults`: each fault of the matrix, one at a time, in the lab, with the built app watching. `--only NAME,NAME`;
 * `--list`; `--healthy 30m` runs a healthy cluster under load with three switchovers instead.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { only: { type: "string" }, list: { type: "boolean" }, healthy: { type: "string" } },
  });
  if (values.list) {
    for (const { name, what } of FAULTS) console.log(`${name.padEnd(28)} ${what}`);
    return 0;
  }
  if (!existsSync(START_FILE)) throw new Error(`${START_FILE} is missing: run "npm run build" first`);
  await ensureUp({ report: (line) => console.log(`lab: ${line}`) });
  const accounts = await makeAccounts();
  if (values.healthy !== undefined) return (await runHealthy(values.healthy, accounts)) ? 0 : 1;
  const names = values.only?.split(",");
  const strangers = names?.filter((name) => !FAULTS.some((fault) => fault.name === name)) ?? [];
  if (strangers.length > 0) throw new Error(`no such fault: ${strangers.join(", ")}; see --list`);
  const rows: Row[] = [];
  for (const fault of FAULTS.filter(({ name }) => names?.includes(name) ?? true)) {
    const row = await carryThrough(fault, accounts);
    console.log(tellRow(row));
    rows.push(row);
  }
  report(rows);
  return rows.every(({ judgement }) => judgement?.good) ? 0 : 1;
}

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    console.log("broken off: putting the lab right");
    void breakOff().finally(() => process.exit(130));
  });
}

process.exitCode = await main();
