import { describe, expect, test } from "vitest";
import { fail, ok } from "@/lib/domain/observation";
import { observe } from "./timed";

describe("observe", () => {
  test("stamps an answer with source, target and time", async () => {
    const before = Date.now();
    const seen = await observe("patroni", "node1", async () => ok(1));
    expect(seen).toMatchObject({ source: "patroni", target: "node1", result: { ok: true, value: 1 } });
    expect(seen.observedAt).toBeGreaterThanOrEqual(before);
    expect(seen.tookMs).toBeGreaterThanOrEqual(0);
  });

  test("a failure stays data", async () => {
    const seen = await observe("vip", "10.0.0.200", async () => fail("refused", "no"));
    expect(seen.result).toEqual({ ok: false, failure: { kind: "refused", text: "no" } });
  });

  test("a look that throws is a failure and not an exception", async () => {
    const seen = await observe("vip", "x", () => Promise.reject(new Error("bug")));
    expect(seen.result).toMatchObject({ ok: false, failure: { kind: "failed" } });
  });
});
