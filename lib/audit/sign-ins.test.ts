import { describe, expect, test } from "vitest";
import type { AuditEntry } from "@/lib/domain/audit";
import { recordSignIns, type SignIn } from "./sign-ins";
import type { AuditLog } from "./types";

const IN: SignIn = { kind: "sign-in", name: "anna", role: "admin", from: "10.0.0.9", why: null };
const REFUSED: SignIn = { ...IN, kind: "sign-in-refused", name: "nobody", role: null, why: "wrong" };

function world() {
  const entries: AuditEntry[] = [];
  const state = { now: 0, fails: false, hangs: false };
  const append: AuditLog["append"] = async (entry, at = 0) => {
    if (state.hangs) return await new Promise(() => undefined);
    if (state.fails) return { ok: false, failure: { kind: "unavailable", text: "gone" } };
    entries.push(entry);
    return { ok: true, value: { ...entry, seq: entries.length, at: String(at), prev: "", hash: "" } as never };
  };
  return { entries, state, tell: recordSignIns({ append }, () => state.now) };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("signing in and out is recorded", () => {
  test("with who, from where and why not; there is no field for a password", async () => {
    const { entries, tell } = world();
    for (const news of [IN, REFUSED, { ...IN, kind: "sign-out" } as const]) tell(news);
    await settled();
    expect(entries.map(({ kind, actor, role, from, data }) => [kind, actor, role, from, data])).toEqual([
      ["sign-in", "anna", "admin", "10.0.0.9", {}],
      ["sign-in-refused", "nobody", null, "10.0.0.9", { why: "wrong" }],
      ["sign-out", "anna", "admin", "10.0.0.9", {}],
    ]);
  });

  test("whoever guesses fills 30 rows a minute and no more; how many there were beside is told, and others are not held up", async () => {
    const { entries, state, tell } = world();
    for (let n = 0; n < 500; n += 1) tell(REFUSED);
    await settled();
    expect(entries).toHaveLength(30);
    tell(IN);
    await settled();
    expect(entries.at(-1)).toMatchObject({ kind: "sign-in", data: { notRecorded: 470 } });
    state.now += 60_000;
    tell(REFUSED);
    await settled();
    expect(entries.at(-1)).toMatchObject({ kind: "sign-in-refused", data: { why: "wrong" } });
    expect(entries).toHaveLength(32);
  });

  test("a store that fails or hangs stops nobody, and the next row tells what is missing", async () => {
    const error = console.error;
    console.error = () => {};
    const { entries, state, tell } = world();
    state.fails = true;
    for (let n = 0; n < 3; n += 1) tell(IN);
    await settled();
    console.error = error;
    state.fails = false;
    tell(IN);
    await settled();
    expect(entries).toMatchObject([{ kind: "sign-in", data: { notRecorded: 3 } }]);
    state.hangs = true;
    for (let n = 0; n < 10_000; n += 1) tell(IN);
    expect(entries).toHaveLength(1);
  });
});
