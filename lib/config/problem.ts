export type KeyPath = readonly (string | number)[];

/** One mistake in the file. `found` was made by {@link describeFound} and carries no secret. */
export type Problem = {
  readonly path: KeyPath;
  /** Counted from 1; null where no line of the file is at fault. */
  readonly line: number | null;
  readonly expected: string;
  readonly found: string;
};

/** Keys whose values are never repeated, not even when they are wrong. */
const SECRET_KEY = /password|hash|secret|token|key|file|url|cert|^ca$/i;
const PLAIN_KEY = /^[A-Za-z_][A-Za-z0-9_-]{0,40}$/;
/** Texts with these may carry a user and a password (`http://user:password@…`). */
const MAY_HIDE_A_SECRET = /[@\n]|:\/\/[^/]*:[^/]*[^0-9/]/;
const SHOWN_MAX = 60;

/** Writes a path as people write it: `clusters[0].haproxy.nodes[1].name`. */
export function formatPath(path: KeyPath): string {
  const text = path.reduce<string>(
    (all, part) => (typeof part === "number" ? `${all}[${part}]` : `${all}${all ? "." : ""}${formatKey(part)}`),
    "",
  );
  return text || "(the whole file)";
}

/** `{ password:hunter2 }` makes a key of the secret: whatever follows the first odd character is left out. */
export function formatKey(key: string): string {
  if (PLAIN_KEY.test(key)) return key;
  const head = /^[A-Za-z_][A-Za-z0-9_-]{0,40}/.exec(key)?.[0] ?? "";
  return `${head}…`;
}

/** Says what stands at `path` without repeating a secret. `variables` are the environment variables it was made of. */
export function describeFound(path: KeyPath, value: unknown, variables: readonly string[]): string {
  if (value === undefined) return "nothing";
  if (value === null) return "an empty value";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "object") return "a map";
  if (variables.length > 0) return `a value taken from ${variables.map((name) => `\${${name}}`).join(" and ")}`;
  if (value === "") return "an empty text";
  const key = path.findLast((part) => typeof part === "string") ?? "";
  const hidden = SECRET_KEY.test(key) || (typeof value === "string" && MAY_HIDE_A_SECRET.test(value));
  if (hidden) return `${typeof value === "string" ? "another text" : `a ${typeof value}`} (not shown)`;
  if (typeof value !== "string") return `the ${typeof value} ${String(value)}`;
  return JSON.stringify(value.length > SHOWN_MAX ? `${value.slice(0, SHOWN_MAX)}…` : value);
}

/** One block for a person: the first mistake, then the others, each with file, line, key, and what was expected. */
export function formatProblems(file: string, problems: readonly Problem[]): string {
  const lines = [...problems]
    .sort((a, b) => (a.line ?? 0) - (b.line ?? 0))
    .map((problem) => formatProblem(file, problem));
  const [first = `${file}: not usable`, ...others] = lines;
  if (others.length === 0) return first;
  return [first, `and ${others.length} more:`, ...others.map((line) => `  ${line}`)].join("\n");
}

/** One mistake with file, line and key, what was expected and what was found. */
export function formatProblem(file: string, { path, line, expected, found }: Problem): string {
  const where = line === null ? file : `${file}:${line}`;
  return `${where}: ${formatPath(path)}: expected ${expected}, found ${found}`;
}
