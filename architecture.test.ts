import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { describe, expect, test } from "vitest";

/**
 * Holds the import rules of the house (README, "The house"). It reads `import`, `export … from` and dynamic `import("…")`
 * with literal paths; it cannot see a path that is put together at run time. Tests may reach further than what they test.
 */

const ROOT = import.meta.dirname;
const TOP = ["app", "components", "lib", "lab", "e2e", "bench", "scripts"];

/** Room → rooms of ours that it may import. `*` within its own room is always allowed. */
const MAY: Readonly<Record<string, readonly string[]>> = {
  "lib/domain": [],
  "lib/format": [],
  "lib/contract": ["lib/domain"],
  "lib/config": ["lib/domain"],
  "lib/sources": ["lib/domain", "lib/contract", "lib/config/types"],
  "lib/live": ["lib/domain", "lib/contract"],
  "lib/auth": ["lib/domain", "lib/contract", "lib/config", "lib/format", "messages"],
  "lib/db": ["lib/domain", "lib/contract", "lib/config"],
  "lib/history": ["lib/domain", "lib/contract", "lib/config", "lib/db", "lib/live"],
  "lib/audit": ["lib/domain", "lib/contract", "lib/db"],
  "lib/actions": [
    "lib/domain",
    "lib/contract",
    "lib/config",
    "lib/sources",
    "lib/collectors",
    "lib/live",
    "lib/history",
    "lib/db",
    "lib/audit",
    "lib/auth/actor",
    "lib/format",
    "messages",
  ],
  "lib/metrics": ["lib/domain"],
  "lib/alerts": [
    "lib/domain",
    "lib/contract",
    "lib/config",
    "lib/sources",
    "lib/collectors",
    "lib/live",
    "lib/db",
    "lib/audit",
    "lib/format",
    "messages",
  ],
  "lib/runbooks": [
    "lib/domain",
    "lib/contract",
    "lib/config",
    "lib/collectors",
    "lib/live",
    "lib/history",
    "lib/db",
    "lib/audit",
    "lib/format",
    "messages",
  ],
  "lib/walls": ["lib/domain", "lib/db", "lib/audit", "lib/auth/wall-door"],
  "lib/collectors": [
    "lib/domain",
    "lib/contract",
    "lib/config",
    "lib/sources",
    "lib/live",
    "lib/history",
    "lib/format",
    "messages",
  ],
  "lib/client": ["lib/domain", "lib/contract", "lib/format", "messages"],
  components: ["lib/client", "lib/domain", "lib/contract", "lib/format", "messages"],
  app: ["components", "lib/*", "messages", "openapi.json", "package.json"],
  e2e: ["lab", "lib/domain", "lib/contract", "lib/format", "messages"],
  bench: ["lab", "e2e", "lib/*"],
  lab: ["lib/domain", "lib/contract"],
  scripts: ["lib/*", "messages", "lab", "e2e"],
  instrumentation: ["lib/*"],
};

/** Packages and built-ins that a room must do without. */
const NEVER: Readonly<Record<string, RegExp>> = {
  "lib/domain": /^/,
  "lib/format": /^(node:|next|react|zod|pg|undici|etcd3)/,
  "lib/contract": /^(node:|next|react|pg|undici|etcd3)/,
  "lib/sources": /^(next|react)(\/|$)/,
  "lib/collectors": /^(next|react)(\/|$)/,
  "lib/live": /^(next|react)(\/|$)/,
  "lib/metrics": /^(node:|next|react|pg|undici|etcd3)/,
  "lib/audit": /^(next|react|pg|better-sqlite3|undici|etcd3)(\/|$)/,
  "lib/actions": /^(next|react|pg|better-sqlite3|undici|etcd3)(\/|$)/,
  "lib/alerts": /^(next|react|pg|better-sqlite3|undici|etcd3)(\/|$)/,
  "lib/runbooks": /^(next|react|pg|better-sqlite3|undici|etcd3)(\/|$)/,
  "lib/walls": /^(next|react|pg|better-sqlite3|undici|etcd3)(\/|$)/,
  "lib/db": /^(next|react|undici|etcd3)(\/|$)/,
  "lib/history": /^(next|react|pg|better-sqlite3|undici|etcd3)(\/|$)/,
  "lib/client": /^(node:|pg|undici|etcd3|next\/headers)/,
  components: /^(node:|pg|undici|etcd3|next\/headers)/,
};

type Import = { file: string; room: string; target: string; targetRoom: string | null };

function* walk(folder: string): Generator<string> {
  for (const name of readdirSync(folder)) {
    if (name === "node_modules" || name === "fixtures" || name.startsWith(".")) continue;
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* walk(path);
    else if (/\.(ts|tsx|mjs)$/.test(name)) yield path;
  }
}

function roomOf(path: string): string {
  const [top, second] = path.split("/");
  if (top === "lib" && second) return `lib/${second}`;
  if (top?.startsWith("instrumentation")) return "instrumentation";
  return top ?? "";
}

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s[^"';]*?from\s*["']([^"']+)["']|(?:^|\n)\s*import\s*["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']\s*\)/g;

function importsOf(path: string): Import[] {
  const file = relative(ROOT, path);
  const text = readFileSync(path, "utf8");
  return [...text.matchAll(IMPORT)].map((match) => {
    const target = match[1] ?? match[2] ?? match[3] ?? "";
    const ours = target.startsWith("@/")
      ? target.slice(2)
      : target.startsWith(".")
        ? normalize(join(dirname(file), target))
        : null;
    return { file, room: roomOf(file), target: ours ?? target, targetRoom: ours === null ? null : roomOf(ours) };
  });
}

const files = [
  ...TOP.flatMap((top) => {
    try {
      return [...walk(join(ROOT, top))];
    } catch {
      return [];
    }
  }),
  join(ROOT, "instrumentation.ts"),
  join(ROOT, "instrumentation.node.ts"),
];
const imports = files.flatMap(importsOf);
const ofProduct = imports.filter(({ file }) => !/\.test\.tsx?$|\/testing\//.test(file));

function allowed({ room, target, targetRoom }: Import): boolean {
  if (targetRoom === null || targetRoom === room) return true;
  return (MAY[room] ?? []).some(
    (may) => may === targetRoom || target === may || (may === "lib/*" && targetRoom.startsWith("lib/")),
  );
}

describe("the house", () => {
  test("the walk sees the tree: an empty walk would pass everything", () => {
    expect(files.length).toBeGreaterThan(100);
    expect(ofProduct.filter((one) => one.targetRoom !== null).length).toBeGreaterThan(200);
  });

  test("imports run one way", () => {
    const wrong = ofProduct.filter((one) => !allowed(one)).map(({ file, target }) => `${file} → ${target}`);
    expect(wrong).toEqual([]);
  });

  test("every room that exists has rules", () => {
    const rooms = new Set(files.map((file) => roomOf(relative(ROOT, file))));
    expect([...rooms].filter((room) => !(room in MAY))).toEqual([]);
  });

  test("pages speak to no source themselves, and nobody imports app or lab", () => {
    const wrong = ofProduct.filter(
      ({ room, targetRoom }) =>
        (room === "app" && targetRoom === "lib/sources") ||
        (targetRoom === "app" && room !== "app") ||
        (targetRoom === "lab" && !["lab", "e2e", "bench", "scripts"].includes(room)),
    );
    expect(wrong.map(({ file, target }) => `${file} → ${target}`)).toEqual([]);
  });

  test("rooms do without what would tie them to a place", () => {
    const wrong = ofProduct.filter(({ room, target, targetRoom }) => targetRoom === null && NEVER[room]?.test(target));
    expect(wrong.map(({ file, target }) => `${file} → ${target}`)).toEqual([]);
  });

  test("no import cycles between files of lib and components", () => {
    expect(findCycle(ofProduct)).toEqual([]);
  });

  test("no file is longer than 400 lines", () => {
    const long = files
      .map((file) => ({ file: relative(ROOT, file), lines: readFileSync(file, "utf8").split("\n").length - 1 }))
      .filter(({ lines }) => lines > 400);
    expect(long).toEqual([]);
  });
});

/** A cycle among value imports, as file names; type-only imports vanish at run time but count here: the house has none. */
function findCycle(all: readonly Import[]): string[] {
  const known = new Set(files.map((file) => relative(ROOT, file)));
  const resolve = (target: string) =>
    [`${target}.ts`, `${target}.tsx`, `${target}/index.ts`, target].find((path) => known.has(path));
  const edges = new Map<string, string[]>();
  for (const { file, target, targetRoom } of all) {
    const to = targetRoom === null ? undefined : resolve(target);
    if (to) edges.set(file, [...(edges.get(file) ?? []), to]);
  }
  const done = new Set<string>();
  const visit = (file: string, trail: string[]): string[] => {
    const at = trail.indexOf(file);
    if (at >= 0) return [...trail.slice(at), file];
    if (done.has(file)) return [];
    for (const next of edges.get(file) ?? []) {
      const cycle = visit(next, [...trail, file]);
      if (cycle.length > 0) return cycle;
    }
    done.add(file);
    return [];
  };
  for (const file of edges.keys()) {
    const cycle = visit(file, []);
    if (cycle.length > 0) return cycle;
  }
  return [];
}
