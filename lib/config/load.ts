import { readFileSync } from "node:fs";
import { dirname, isAbsolute, relative, resolve } from "node:path";
import { buildConfig } from "./build";
import { formatProblems, type KeyPath, type Problem } from "./problem";
import { fileSchema } from "./schema";
import { toProblems } from "./schema-problems";
import { secretReader } from "./secrets";
import type { Config } from "./types";
import { readYaml, type YamlSource } from "./yaml-source";

export type Loaded =
  | { readonly kind: "ok"; readonly config: Config }
  | { readonly kind: "error"; readonly message: string };

type Environment = Readonly<Record<string, string | undefined>>;

const DEFAULT_PATH = "./matriarch.yaml";

/**
 * Reads and checks the configuration: `path`, else `MATRIARCH_CONFIG`, else `./matriarch.yaml`. `PORT` wins over
 * `server.port`. Every mistake found is in one message, each with file, line, key, what was expected and what was found; no
 * secret of the file, of the environment or of a secret file is in it.
 */
export function loadConfig({ path, env }: { readonly path?: string; readonly env: Environment }): Loaded {
  const file = resolve(/* turbopackIgnore: true */ path ?? (env.MATRIARCH_CONFIG || DEFAULT_PATH));
  const shown = shortPath(file);
  const read = readFile(file);
  if (read.kind === "error") return { kind: "error", message: `${shown}: ${read.why}` };
  const source = readYaml(read.text, env);
  const problems: Problem[] = [...source.problems];
  const config = source.plain === undefined && problems.length > 0 ? null : check(file, source, problems);
  const port = portOf(env);
  if (port === "wrong") {
    problems.push({
      path: ["PORT"],
      line: null,
      expected: "a port from 0 (any that is free) to 65535 in the environment",
      found: "another value",
    });
  }
  if (!config || problems.length > 0 || port === "wrong") {
    return { kind: "error", message: formatProblems(shown, problems) };
  }
  return { kind: "ok", config: port === null ? config : { ...config, server: { ...config.server, port } } };
}

function check(file: string, source: YamlSource, problems: Problem[]): Config | null {
  const known = new Set(problems.map((problem) => JSON.stringify(problem.path)));
  const parsed = fileSchema.safeParse(source.plain);
  if (!parsed.success) {
    const found = parsed.error.issues.flatMap((issue) => toProblems(issue, source));
    problems.push(...found.filter((problem) => !known.has(JSON.stringify(problem.path))));
    return null;
  }
  const report = (path: KeyPath, expected: string, found: string) => {
    if (!known.has(JSON.stringify(path))) problems.push({ path, line: source.lineOf(path), expected, found });
  };
  return buildConfig(file, parsed.data, { report, secrets: secretReader(dirname(file), report) });
}

function readFile(file: string): { kind: "ok"; text: string } | { kind: "error"; why: string } {
  try {
    return { kind: "ok", text: readFileSync(file, "utf8") };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const why = code === "ENOENT" ? "no such file" : `cannot be read (${code ?? "unknown reason"})`;
    return { kind: "error", why: `${why}; expected the configuration here, or its path in MATRIARCH_CONFIG` };
  }
}

function portOf(env: Environment): number | null | "wrong" {
  if (env.PORT === undefined || env.PORT === "") return null;
  const port = /^\d{1,5}$/.test(env.PORT) ? Number(env.PORT) : -1;
  return port >= 0 && port <= 65_535 ? port : "wrong";
}

/** As people would type it: relative where the file is below the working directory. */
function shortPath(file: string): string {
  const near = relative(process.cwd(), file);
  return near.startsWith("..") || isAbsolute(near) ? file : near;
}
