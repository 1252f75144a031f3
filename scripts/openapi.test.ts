import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { openApiText } from "./openapi-document";

test("openapi.json is what the schemas and the route table say (npm run openapi)", () => {
  expect(readFileSync(new URL("../openapi.json", import.meta.url), "utf8")).toBe(openApiText());
});

test("every reference in it leads somewhere", () => {
  const text = openApiText();
  const { components } = JSON.parse(text) as { components: { schemas: Record<string, unknown> } };
  const refs = [...text.matchAll(/"\$ref": "#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name ?? "");
  expect(refs.length).toBeGreaterThan(5);
  expect(refs.filter((name) => !(name in components.schemas))).toEqual([]);
});
