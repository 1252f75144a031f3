import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { setActions } from "@/lib/actions/current";
import { openActionStores } from "@/lib/actions/open-stores";
import type { Actions } from "@/lib/actions/types";
import type { AuditLog } from "@/lib/audit/types";
import { auditPageSchema, auditRowSchema, auditVerdictSchema } from "@/lib/contract/audit";
import { openStore } from "@/lib/db/open";
import type { Store } from "@/lib/db/types";
import type { AuditEntry } from "@/lib/domain/audit";
import { NOW } from "@/lib/domain/testing/builders";
import { createWorld, request, tokenOf, type World } from "./testing/world";
import { GET as getExport } from "./v1/audit/export/route";
import { GET as getAudit } from "./v1/audit/route";

const ENTRY: AuditEntry = {
  kind: "plan",
  scope: "demo",
  actor: "anna",
  role: "operator",
  from: "10.0.0.9",
  action: "switchover",
  operationId: null,
  planId: "p1",
  reason: "замена диска",
  data: { fence: { timeline: 7 } },
};

let world: World;
let store: Store;
let audit: AuditLog;
beforeEach(async () => {
  world = await createWorld();
  store = openStore(world.config.store.url.reveal());
  audit = openActionStores(store).audit;
  provide(audit);
});
afterEach(async () => {
  await store.close();
  world.close();
});

const provide = (log: AuditLog) => setActions({ audit: log } as Actions);
const call = (handler: typeof getAudit, query = "") =>
  handler(request(`/x?${query}`, { token: tokenOf("admin") }), { params: Promise.resolve({}) });
const fill = (count: number) =>
  Promise.all(Array.from({ length: count }, (_, n) => audit.append({ ...ENTRY, planId: `p${n}` }, NOW + n)));

describe("the audit log answers what the contract says", () => {
  test("newest first, with the page that follows, and by every filter", async () => {
    await fill(3);
    await audit.append({ ...ENTRY, kind: "sign-in", scope: null, action: null, actor: "boris" }, NOW + 10);
    const page = auditPageSchema.parse(await (await call(getAudit, "limit=2")).json());
    expect([page.rows.map(({ seq }) => seq), page.next]).toEqual([[4, 3], 3]);
    const rest = auditPageSchema.parse(await (await call(getAudit, "limit=2&before=3")).json());
    expect([rest.rows.map(({ seq }) => seq), rest.next]).toEqual([[2, 1], null]);
    for (const query of ["kind=sign-in,sign-out", "actor=boris", `from=${NOW + 9}`, "search=BORIS"]) {
      const found = auditPageSchema.parse(await (await call(getAudit, query)).json());
      expect([query, found.rows.map(({ seq }) => seq)]).toEqual([query, [4]]);
    }
    const none = auditPageSchema.parse(await (await call(getAudit, "scope=demo&action=restart&operation=x")).json());
    expect(none.rows).toEqual([]);
  });

  test("whether the chain is whole, and the first row that is not", async () => {
    await fill(3);
    expect(auditVerdictSchema.parse(await (await call(getAudit, "verify=1")).json())).toMatchObject({
      kind: "whole",
      rows: 3,
    });
    provide({ ...audit, verify: async () => ({ ok: true, value: { kind: "broken", seq: 2, why: "hash", rows: 1 } }) });
    const broken = auditVerdictSchema.parse(await (await call(getAudit, "verify=1")).json());
    expect(broken).toEqual({ kind: "broken", seq: 2, why: "hash", rows: 1 });
  });

  test("all of it as lines, oldest first, in more pieces than one", async () => {
    await fill(401);
    const answer = await call(getExport);
    expect(answer.headers.get("content-type")).toBe("application/x-ndjson");
    expect(answer.headers.get("content-disposition")).toMatch(
      /^attachment; filename="matriarch-audit-[\d-]{10}\.jsonl"$/,
    );
    const lines = (await answer.text()).trimEnd().split("\n");
    const rows = lines.map((line) => auditRowSchema.parse(JSON.parse(line)));
    expect(rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 401 }, (_, n) => n + 1));
    expect(rows.every(({ prev }, n) => n === 0 || prev === rows[n - 1]?.hash)).toBe(true);
  });

  test.each([0, 200, 400])("%i rows end where they end", async (count) => {
    await fill(count);
    const text = await (await call(getExport)).text();
    expect(text.split("\n").filter(Boolean)).toHaveLength(count);
  });
});

describe("what cannot be answered says why", () => {
  test.each([
    "verify=2",
    "from=yesterday",
    "kind=party",
    "limit=0",
    "limit=1001",
    "before=x",
    `search=${"x".repeat(301)}`,
  ])("400 for %s, which names the parameter", async (query) => {
    const answer = await call(getAudit, query);
    expect(answer.status).toBe(400);
    expect(((await answer.json()) as { detail: string }).detail).toMatch(new RegExp(`^${query.split("=")[0]}: `));
  });

  test("503 while the store fails, without its secrets", async () => {
    const failing = async () =>
      ({ ok: false, failure: { kind: "unavailable", text: "connect postgres://u:hunter2@db" } }) as const;
    provide({ append: failing, list: failing, after: failing, verify: failing });
    const error = console.error;
    console.error = () => {};
    for (const answer of [await call(getAudit), await call(getAudit, "verify=1"), await call(getExport)]) {
      expect(answer.status).toBe(503);
      expect(await answer.text()).not.toContain("hunter2");
    }
    console.error = error;
  });

  test("an export that the store leaves half way is broken off, and does not pass for the whole", async () => {
    await fill(250);
    let pieces = 0;
    provide({
      ...audit,
      after: async (seq, limit) =>
        pieces++ === 0 ? audit.after(seq, limit) : { ok: false, failure: { kind: "slow", text: "no answer" } },
    });
    await expect((await call(getExport)).text()).rejects.toThrow();
  });
});
