import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { RESULTS } from "../support/dashboard";
import type { Row } from "./row";

const FILE = join(RESULTS, "faults.json");

const seconds = (ms: number | null): string => (ms === null ? "never" : (ms / 1_000).toFixed(1));

/** One row in words: what was wanted and when it showed and went, then every other finding. */
export function tellRow(row: Row): string {
  const { judgement, error } = row;
  const mark = error !== null ? "ERROR" : judgement?.good ? "ok" : "WRONG";
  const lines = [`${mark.padEnd(6)} ${row.name} (${row.seconds} s): ${row.what}`];
  if (error !== null) lines.push(`         ${error.split("\n").slice(0, 30).join("\n         ")}`);
  for (const { wanted, shownMs, clearedMs, times } of judgement?.shown ?? [])
    lines.push(
      `       + ${wanted}: showed after ${seconds(shownMs)} s, went ${seconds(clearedMs)} s after the repair${times > 1 ? `, came ${times} times` : ""}`,
    );
  for (const { id, severity, when, lastedMs, because } of judgement?.others ?? [])
    lines.push(
      `       ${because === null ? "! " : "· "}${severity} ${id} (${when}, ${seconds(lastedMs)} s)${because ? `: ${because}` : ""}`,
    );
  for (const id of judgement?.left ?? []) lines.push(`       ! ${id} is still there`);
  return lines.join("\n");
}

/** Writes all rows to `test-results/faults.json` and prints them as a table. */
export function report(rows: readonly Row[]): void {
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(FILE, `${JSON.stringify({ at: new Date().toISOString(), rows }, null, 2)}\n`);
  const table = rows.map((row) => {
    const shown = row.judgement?.shown ?? [];
    const others = row.judgement?.others ?? [];
    return {
      fault: row.name,
      result: row.error !== null ? "error" : row.judgement?.good ? "ok" : "wrong",
      found: shown.map(({ wanted }) => wanted).join(" "),
      shownS: shown.map(({ shownMs }) => seconds(shownMs)).join(" "),
      clearedS: shown.map(({ clearedMs }) => seconds(clearedMs)).join(" "),
      trueOthers: others.filter(({ because }) => because !== null).length,
      false: others.filter(({ because }) => because === null).length,
    };
  });
  console.table(table);
  const bad = rows.filter(({ judgement, error }) => error !== null || !judgement?.good);
  console.log(`${rows.length} faults, ${rows.length - bad.length} as wanted, ${bad.length} not; ${FILE}`);
}
