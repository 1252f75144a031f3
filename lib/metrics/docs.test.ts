import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { FAMILIES } from "./render";

const DOCS = join(import.meta.dirname, "../../docs");
const NAMES = new Set(FAMILIES.map(({ name }) => name));
const LABELS = new Map(FAMILIES.map(({ name, labels }) => [name, new Set([...labels, "instance", "job"])]));

test.each([
  "grafana/matriarch.json",
  "prometheus/matriarch.rules.yml",
  "prometheus/matriarch.rules.test.yml",
  "README.md",
])("%s names no metric and no label that is not there", (file) => {
  const text = readFileSync(join(DOCS, file), "utf8").replaceAll('\\"', '"');
  const named = [...text.matchAll(/\b(matriarch_[a-z_]+)(?:\{([^}]*)\})?/g)];
  expect(named.length).toBeGreaterThan(3);
  const wrong = named.flatMap(([, name = "", selector = ""]) => {
    const known = LABELS.get(name);
    if (!known) return [name];
    const labels = [...selector.matchAll(/([a-z_]+)\s*(?:=~|!~|!=|=)\s*"/g)].map(([, label = ""]) => label);
    return labels.filter((label) => !known.has(label)).map((label) => `${name}{${label}}`);
  });
  expect(wrong).toEqual([]);
});

test("docs/README.md describes each metric that there is, and no other", () => {
  const text = readFileSync(join(DOCS, "README.md"), "utf8");
  const rows = [...text.matchAll(/^\| `(matriarch_[a-z_]+)`/gm)].map(([, name]) => name);
  expect(rows.sort()).toEqual([...NAMES].sort());
});

test("the dashboard's panels have each an id of their own, and a place that overlaps no other", () => {
  type Panel = { id: number; title: string; gridPos: { x: number; y: number; w: number; h: number } };
  const { panels } = JSON.parse(readFileSync(join(DOCS, "grafana/matriarch.json"), "utf8")) as { panels: Panel[] };
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  const taken = new Map<string, string>();
  for (const { title, gridPos } of panels) {
    for (let x = gridPos.x; x < gridPos.x + gridPos.w; x += 1) {
      for (let y = gridPos.y; y < gridPos.y + gridPos.h; y += 1) {
        expect(taken.get(`${x} ${y}`), `${title} at ${x}, ${y}`).toBeUndefined();
        taken.set(`${x} ${y}`, title);
      }
    }
    expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
  }
});
