import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { promtool } from "@/lab/tools/debian";
import { SAMPLE_KINDS, sampleSnapshot } from "@/lib/domain/testing/samples";
import { renderMetrics } from "./render";
import { metricsInput, withBackups } from "./testing/input";

/** By Prometheus' own `promtool`: it finds what no reading of ours would. */

const DOCS = join(import.meta.dirname, "../../docs/prometheus");

test.each(SAMPLE_KINDS)("promtool finds nothing to blame in the metrics of the sample %s", async (kind) => {
  const snapshot = withBackups(sampleSnapshot(kind, { clientEye: true }));
  const { code, stdout, stderr } = await promtool(["check", "metrics"], await renderMetrics(metricsInput([snapshot])));
  expect({ code, said: `${stdout}${stderr}` }).toEqual({ code: 0, said: "" });
});

test("promtool would blame a metric that breaks the conventions", async () => {
  const { code } = await promtool(["check", "metrics"], "# TYPE lag_ms_total gauge\nlag_ms_total 1\n");
  expect(code).not.toBe(0);
});

test("promtool takes the rules", async () => {
  const { code, stdout } = await promtool(["check", "rules", join(DOCS, "matriarch.rules.yml")]);
  expect(code, stdout).toBe(0);
});

test("the rules fire when they should, and not before", async () => {
  const { code, stdout, stderr } = await promtool(["test", "rules", join(DOCS, "matriarch.rules.test.yml")]);
  expect(code, `${stdout}${stderr}`).toBe(0);
});

test("each expression of the Grafana dashboard is one that Prometheus can read", async () => {
  const dashboard = readFileSync(join(DOCS, "../grafana/matriarch.json"), "utf8");
  const { panels, annotations } = JSON.parse(dashboard) as {
    panels: { targets?: { expr: string }[] }[];
    annotations: { list: { expr?: string }[] };
  };
  const all = [...panels.flatMap(({ targets }) => targets ?? []), ...annotations.list];
  const expressions = all.flatMap(({ expr }) => expr?.replaceAll("$scope", ".*") ?? []);
  expect(expressions.length).toBeGreaterThan(20);
  const rules = expressions.map((expr, index) => ({ record: `dashboard:panel:${index}`, expr }));
  const folder = mkdtempSync(join(tmpdir(), "matriarch-dashboard-"));
  try {
    const file = join(folder, "rules.json");
    writeFileSync(file, JSON.stringify({ groups: [{ name: "dashboard", rules }] }));
    const { code, stdout, stderr } = await promtool(["check", "rules", file]);
    expect(code, `${stdout}${stderr}`).toBe(0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
