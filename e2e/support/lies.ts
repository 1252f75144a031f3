import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { RESULTS } from "./dashboard";

/** What pages said that was not so, over all tests and their second runs. */
const FILE = join(RESULTS, "lies.log");

export const forgetLies = (): void => rmSync(FILE, { force: true });

export function rememberLies(what: string, told: readonly string[]): void {
  if (told.length === 0) return;
  mkdirSync(RESULTS, { recursive: true });
  appendFileSync(FILE, `${what}\n${told.join("\n")}\n`);
}

/** Everything remembered since the run began; null when nothing was. */
export const lies = (): string | null => (existsSync(FILE) ? readFileSync(FILE, "utf8") : null);
