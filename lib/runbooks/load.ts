import { readdirSync, readFileSync, statSync } from "node:fs";
import { isAbsolute, join, relative, resolve } from "node:path";
import { RUNBOOK_IDS } from "@/lib/domain/findings/finding";
import type { Runbook } from "@/lib/domain/runbooks/runbook";
import { readRunbook } from "./read-runbook";

/** A runbook that is not offered, and every reason why, each with file, line and key. */
export type BrokenRunbook = { readonly file: string; readonly builtIn: boolean; readonly problems: readonly string[] };

export type RunbookLibrary = {
  /** Built-in ones in the order of what they are offered for, then drills, then the user's own. */
  readonly runbooks: readonly Runbook[];
  readonly broken: readonly BrokenRunbook[];
};

const FILE = /^[a-z][a-z0-9-]{0,59}\.ya?ml$/;
const SIZE_MAX_BYTES = 256 * 1024;
const FILES_MAX = 500;

/** The folder of the built-in runbooks: the project's own, from which it is started. */
export const builtInFolder = (): string => join(/* turbopackIgnore: true */ process.cwd(), "runbooks");

/**
 * Reads the built-in runbooks and the user's `own` folder (null: there is none). One of the same id in `own` stands in place of the
 * built-in one, unless it is broken. A broken one never stops the others, and is told.
 */
export function loadRunbooks(builtIn: string, own: string | null): RunbookLibrary {
  const first = readFolder(builtIn, true);
  const second = own === null ? { runbooks: [], broken: [] } : readFolder(own, false);
  const replaced = new Set(second.runbooks.map(({ id }) => id));
  return {
    runbooks: [...first.runbooks.filter(({ id }) => !replaced.has(id)), ...second.runbooks].sort(inOrder),
    broken: [...first.broken, ...second.broken],
  };
}

const RANKS: ReadonlyMap<string, number> = new Map(RUNBOOK_IDS.map((id, rank) => [id, rank]));
const rankOf = ({ id, kind }: Runbook): number => RANKS.get(id) ?? RUNBOOK_IDS.length + (kind === "drill" ? 0 : 1);
const inOrder = (a: Runbook, b: Runbook): number => rankOf(a) - rankOf(b) || (a.id < b.id ? -1 : 1);

function readFolder(folder: string, builtIn: boolean): RunbookLibrary {
  const path = resolve(/* turbopackIgnore: true */ folder);
  const listed = filesOf(path);
  if (listed.kind === "error")
    return { runbooks: [], broken: [{ file: shortPath(path), builtIn, problems: [listed.message] }] };
  const runbooks: Runbook[] = [];
  const broken: BrokenRunbook[] = [];
  for (const name of listed.names) {
    const file = shortPath(join(path, name));
    const read = readOne(join(path, name), name, file, builtIn);
    if (read.kind === "ok") runbooks.push(read.runbook);
    else broken.push({ file, builtIn, problems: read.problems });
  }
  return { runbooks, broken };
}

function filesOf(path: string): { kind: "ok"; names: readonly string[] } | { kind: "error"; message: string } {
  try {
    const names = readdirSync(path).filter((name) => /\.ya?ml$/.test(name));
    if (names.length > FILES_MAX)
      return { kind: "error", message: `${shortPath(path)}: expected at most ${FILES_MAX} runbooks` };
    return { kind: "ok", names: names.sort() };
  } catch (error) {
    return { kind: "error", message: `${shortPath(path)}: ${unreadable(error)}; expected a folder of runbooks` };
  }
}

function readOne(path: string, name: string, file: string, builtIn: boolean): ReturnType<typeof readRunbook> {
  if (!FILE.test(name)) {
    const problem = `${file}: expected a name of lower case letters, digits and dashes, such as my-runbook.yaml`;
    return { kind: "error", problems: [problem] };
  }
  try {
    if (statSync(path).size > SIZE_MAX_BYTES) {
      return { kind: "error", problems: [`${file}: expected at most ${SIZE_MAX_BYTES / 1024} KiB`] };
    }
    return readRunbook({ id: name.replace(/\.ya?ml$/, ""), file, text: readFileSync(path, "utf8"), builtIn });
  } catch (error) {
    return { kind: "error", problems: [`${file}: ${unreadable(error)}`] };
  }
}

function unreadable(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === undefined) throw error;
  return code === "ENOENT" ? "no such file or folder" : `cannot be read (${code})`;
}

/** As people would type it: relative where it is below the working directory. */
function shortPath(path: string): string {
  const near = relative(process.cwd(), path);
  return near === "" || near.startsWith("..") || isAbsolute(near) ? path : near;
}
