import { describe, expect, test } from "vitest";
import { verifyIdentity } from "./identity";
import { mapStatus } from "./map-status";

function status(patroni: Record<string, string>) {
  const mapped = mapStatus({ state: "running", patroni });
  if (!mapped.ok) throw new Error(mapped.failure.text);
  return mapped.value;
}

describe("verifyIdentity", () => {
  test.each([
    ["the member that was asked", { name: "pg1", scope: "demo" }, null],
    ["another member", { name: "pg2", scope: "demo" }, "wrong-identity"],
    ["another cluster's member of the same name", { name: "pg1", scope: "demo2" }, "wrong-identity"],
    ["a member too old to say its name", { scope: "demo" }, null],
  ])("%s", (_, patroni, kind) => {
    expect(verifyIdentity(status(patroni), { name: "pg1", scope: "demo" })?.kind ?? null).toBe(kind);
  });

  test("nothing is expected of a seed whose name is not known yet", () => {
    expect(verifyIdentity(status({ name: "pg9", scope: "demo" }), { name: null, scope: "demo" })).toBeNull();
  });
});
