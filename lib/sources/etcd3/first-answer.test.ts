import { describe, expect, test, vi } from "vitest";
import { fail, ok, type Result } from "@/lib/domain/observation";
import { firstAnswer, weightiest } from "./first-answer";
import { rotated } from "./session";

const never = new AbortController().signal;
const silent = (signal: AbortSignal) =>
  new Promise<Result<string>>((resolve) => signal.addEventListener("abort", () => resolve(fail("aborted", "aborted"))));

describe("firstAnswer", () => {
  test("a refusing endpoint costs nothing", async () => {
    const answer = await firstAnswer(
      ["a", "b"],
      async (e) => (e === "a" ? fail("refused", "no") : ok(e)),
      vi.fn(),
      never,
    );
    expect(answer).toEqual(ok("b"));
  });

  test("a frozen endpoint is joined by the next, and aborted when that one answers", async () => {
    let aborted = false;
    const started = performance.now();
    const answer = await firstAnswer<string>(
      ["frozen", "b"],
      (endpoint, signal) => {
        if (endpoint === "b") return Promise.resolve(ok("b"));
        signal.addEventListener("abort", () => {
          aborted = true;
        });
        return silent(signal);
      },
      vi.fn(),
      never,
    );
    expect(answer).toEqual(ok("b"));
    expect(aborted).toBe(true);
    expect(performance.now() - started).toBeLessThan(1_500);
  });

  test("what a loser brings late is discarded", async () => {
    const discard = vi.fn();
    const late = (signal: AbortSignal) =>
      new Promise<Result<string>>((resolve) => signal.addEventListener("abort", () => resolve(ok("late"))));
    await firstAnswer<string>(
      ["slow", "b"],
      (e, signal) => (e === "b" ? Promise.resolve(ok("b")) : late(signal)),
      discard,
      never,
    );
    await vi.waitFor(() => expect(discard).toHaveBeenCalledWith("late"));
  });

  test("all failing: the failure that is about the cluster is reported", async () => {
    const kinds = { a: "refused", b: "no-quorum", c: "timeout" } as const;
    const answer = await firstAnswer(["a", "b", "c"], async (e) => fail(kinds[e as "a"], e), vi.fn(), never);
    expect(answer).toEqual(fail("no-quorum", "b"));
  });

  test("no endpoint is a failure and not a wait", async () => {
    expect(await firstAnswer([], async () => ok(1), vi.fn(), never)).toMatchObject({ ok: false });
  });

  test("an abort is not what is reported of others that were refused", () => {
    expect(
      weightiest([
        { kind: "aborted", text: "" },
        { kind: "refused", text: "r" },
      ]).kind,
    ).toBe("refused");
  });
});

describe("rotation", () => {
  test.each([
    ["at first in the given order", null, ["a", "b", "c"]],
    ["after the one used last", "b", ["c", "a", "b"]],
    ["an endpoint that is gone begins anew", "x", ["a", "b", "c"]],
  ])("%s", (_, last, order) => expect(rotated(["a", "b", "c"], last)).toEqual(order));
});
