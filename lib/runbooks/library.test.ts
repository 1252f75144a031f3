import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { CLUSTER } from "@/lib/collectors/check-config/testing/report";
import type { Collectors } from "@/lib/collectors/current";
import type { ClusterState } from "@/lib/domain/cluster-state";
import { healthyState } from "@/lib/domain/testing/builders";
import { sampleSnapshot } from "@/lib/domain/testing/samples";
import { openLibrary } from "./library";
import { runbookText } from "./testing/runbook-text";

const folder = mkdtempSync(join(tmpdir(), "library-"));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Collectors that say what they know when they are told to. */
function fakeCollectors() {
  const callbacks = new Set<(state: ClusterState) => void>();
  const onState: Collectors["onState"] = (_scope, callback) => {
    const tell = (state: ClusterState) => callback(state, sampleSnapshot("healthy"));
    callbacks.add(tell);
    return () => callbacks.delete(tell);
  };
  return { onState, callbacks };
}

test("texts are filled from the picture and from what servers told last; broken files are told and left out", () => {
  const title = 'title: { en: "on {leader.host}", ru: "на {leader.host}" }';
  const steps = `  - { id: a, kind: instruction, ${title}, commands: [{ line: "ls {leader.dataDir}" }] }`;
  writeFileSync(join(folder, "own.yaml"), runbookText({ steps }));
  writeFileSync(join(folder, "bad.yaml"), "title: x");
  const told: string[] = [];
  const collectors = fakeCollectors();
  const picture = sampleSnapshot("healthy");
  const config = { clusters: [{ ...CLUSTER, scope: picture.scope }], runbooks: { folder } };
  const library = openLibrary({ config, collectors, log: (text) => told.push(text) });

  expect(told.length).toBeGreaterThan(0);
  for (const line of told) expect(line).toContain("bad.yaml:1: ");
  const own = library.runbooks.find(({ id }) => id === "own");
  if (!own) throw new Error("it was read");
  const before = library.fill(own, picture, {});
  expect(before.unfilled).toEqual(["leader.dataDir"]);
  expect(before.runbook.steps[0]).toMatchObject({
    title: { en: "on 10.0.0.1", ru: "на 10.0.0.1" },
    commands: [{ line: "ls ‹unknown: leader.dataDir›" }],
  });

  for (const tell of collectors.callbacks) tell(healthyState());
  const after = library.fill(own, picture, {});
  expect(after.unfilled).toEqual([]);
  expect(after.runbook.steps[0]).toMatchObject({ commands: [{ line: "ls /var/lib/postgresql/17/main" }] });

  library.close();
  expect(collectors.callbacks.size).toBe(0);
});
