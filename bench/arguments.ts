import { parseArgs } from "node:util";

/** The positive number given as `--name`, or the default; ends the process with a message for anything else. */
export function numberArgument(name: string, fallback: number): number {
  try {
    const { values } = parseArgs({ options: { [name]: { type: "string" } } });
    const value = Number(values[name] ?? fallback);
    if (Number.isFinite(value) && value > 0) return value;
    console.error(`--${name}: expected a positive number, found "${values[name]}"`);
  } catch (error) {
    console.error(`usage: [--${name} N] (${error instanceof Error ? error.message : error})`);
  }
  return process.exit(2);
}
