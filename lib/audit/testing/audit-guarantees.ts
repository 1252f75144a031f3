import { CompiledQuery } from "kysely";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Store } from "@/lib/db/types";
import type { AuditEntry, AuditRow } from "@/lib/domain/audit";
import { createAuditLog } from "../log";
import { hashOf } from "../row";
import type { AuditLog, AuditQuery } from "../types";

export const ENTRY: AuditEntry = {
  kind: "plan",
  scope: "demo",
  actor: "anna",
  role: "operator",
  from: "10.0.0.9",
  action: "switchover",
  operationId: null,
  planId: "p1",
  reason: null,
  data: {},
};
const ALL: AuditQuery = {
  from: null,
  to: null,
  kinds: null,
  scope: null,
  actor: null,
  action: null,
  operationId: null,
  search: null,
  beforeSeq: null,
  limit: 100,
};
const AT = 1_795_000_000_000;

/** What the audit log must do on every store. `place` gives one database without tables, to be opened as often as one likes. */
export function auditGuarantees(name: string, place: () => Promise<() => Store>): void {
  describe(`the audit log on ${name}`, () => {
    let open: () => Store;
    let stores: Store[];
    let store: Store;
    let log: AuditLog;
    beforeEach(async () => {
      open = await place();
      stores = [];
      store = another();
      log = createAuditLog(store);
    });
    afterEach(async () => {
      await Promise.all(stores.map((one) => one.close()));
    });

    function another(): Store {
      const opened = open();
      stores.push(opened);
      return opened;
    }
    async function fill(count: number): Promise<readonly AuditRow[]> {
      const rows: AuditRow[] = [];
      for (let n = 1; n <= count; n += 1) {
        const row = await log.append({ ...ENTRY, reason: `reason ${n}` }, AT + n);
        if (!row.ok) throw new Error(row.failure.text);
        rows.push(row.value);
      }
      return rows;
    }
    const raw = (sql: string, parameters: unknown[] = []) => store.write([CompiledQuery.raw(sql, parameters)]);
    const verdict = async () => {
      const answer = await log.verify();
      return answer.ok ? answer.value : answer.failure;
    };
    const seqs = async (query: Partial<AuditQuery> = {}) => {
      const rows = await log.list({ ...ALL, ...query });
      return rows.ok ? rows.value.map(({ seq }) => seq) : rows.failure;
    };

    test("rows are chained from the first on, and come back as they were hashed", async () => {
      const odd = "nul \0, half \ud83d, whole 😀, \"quote\" \\ and a 'tick'";
      const data = { b: [1, { z: null, a: "п\0" }], a: 0.1, none: undefined, odd };
      const first = await log.append({ ...ENTRY, actor: odd, reason: odd, data }, AT);
      const second = await log.append(ENTRY, AT + 5);
      if (!first.ok || !second.ok) throw new Error("not appended");
      expect([first.value.seq, first.value.prev, first.value.hash]).toEqual([1, "0".repeat(64), hashOf(first.value)]);
      expect(second.value).toMatchObject({ seq: 2, prev: first.value.hash, at: "2026-11-18T11:06:40.005Z" });
      const back = await log.after(0, 10);
      expect(back.ok && back.value).toEqual([first.value, second.value]);
      expect(first.value.data).toEqual({ a: 0.1, b: [1, { a: "п\0", z: null }], odd });
      expect(await verdict()).toEqual({ kind: "whole", rows: 2, lastHash: second.value.hash });
    });

    test("an empty log is whole", async () => {
      expect(await verdict()).toEqual({ kind: "whole", rows: 0, lastHash: null });
      expect(await seqs()).toEqual([]);
    });

    test("what failed although it was written is not written again by trying again", async () => {
      let broken = true;
      const inner = another();
      const lost = { ok: false, failure: { kind: "slow", text: "no answer in time" } } as const;
      const losing: Store = {
        ...inner,
        write: async (statements) => {
          const written = await inner.write(statements);
          return broken ? lost : written;
        },
        read: async (work) => {
          const answer = await inner.read(work);
          // The look for the end of the chain succeeds, the one for the row that was written does not.
          const written = await log.after(0, 1);
          return broken && written.ok && written.value.length > 0 ? lost : answer;
        },
      };
      const other = createAuditLog(losing);
      const entry = { ...ENTRY, reason: "once" };
      expect(await other.append(entry, AT)).toEqual(lost);
      broken = false;
      await fill(1);
      expect(await other.append(entry, AT + 9)).toMatchObject({ ok: true, value: { seq: 1, reason: "once" } });
      expect(await other.append(entry, AT + 9)).toMatchObject({ ok: true, value: { seq: 3 } });
      expect(await verdict()).toMatchObject({ kind: "whole", rows: 3 });
    });

    test("what is no JSON is refused, and leaves no hole", async () => {
      expect(await log.append({ ...ENTRY, data: { big: 1n } })).toMatchObject({
        ok: false,
        failure: { kind: "failed" },
      });
      await fill(2);
      expect(await verdict()).toMatchObject({ kind: "whole", rows: 2 });
    });

    test("three dashboards that append at once leave one chain without a gap and without a fork", async () => {
      const logs = [log, createAuditLog(another()), createAuditLog(another())];
      const appended = await Promise.all(
        logs.flatMap((one, dashboard) =>
          Array.from({ length: 12 }, (_, n) => one.append({ ...ENTRY, reason: `${dashboard}/${n}` })),
        ),
      );
      const places = appended.map((row) => (row.ok ? row.value.seq : 0)).sort((one, other) => one - other);
      expect(places).toEqual(Array.from({ length: 36 }, (_, n) => n + 1));
      expect(await verdict()).toMatchObject({ kind: "whole", rows: 36 });
      const all = await log.list(ALL);
      expect(new Set(all.ok ? all.value.map(({ reason }) => reason) : []).size).toBe(36);
    });

    const WRITES: readonly (readonly [string, string])[] = [
      ["an update", "update audit set reason = 'another' where seq = 2"],
      ["a delete", "delete from audit where seq = 2"],
      ["a delete of all", "delete from audit"],
      ["an upsert", "insert into audit select * from audit where seq = 2 on conflict (seq) do update set reason = 'x'"],
      name === "SQLite"
        ? ["a replacement", "insert or replace into audit select * from audit where seq = 2"]
        : ["a truncate", "truncate audit"],
    ];
    test.each(WRITES)("the table refuses %s", async (what, sql) => {
      const rows = await fill(3);
      const answer = await raw(sql);
      // SQLite has no trigger of its own for a replacement: it is left out, and so is what would update upon a conflict.
      const leftOut = name === "SQLite" && (what === "an upsert" || what === "a replacement");
      expect(answer).toMatchObject(leftOut ? { ok: true } : { ok: false, failure: { kind: "failed" } });
      const after = await log.after(0, 10);
      expect(after.ok && after.value).toEqual(rows);
    });

    describe("somebody writes to the table by hand", () => {
      /** Removes what guards the table, as whoever owns the database can. */
      async function unguard(): Promise<void> {
        const drops =
          name === "SQLite"
            ? ["drop trigger audit_no_update", "drop trigger audit_no_delete", "drop trigger audit_no_replace"]
            : ["drop trigger audit_append_only on audit"];
        for (const sql of drops) expect(await raw(sql)).toMatchObject({ ok: true });
      }
      async function put(row: AuditRow): Promise<void> {
        const { seq, at, kind, scope, actor, role, from, action, operationId, planId, reason, data, prev, hash } = row;
        const insert = store.build
          .insertInto("audit")
          .values({
            seq,
            row_key: `by-hand-${seq}-${Math.random()}`,
            at: Date.parse(at),
            kind,
            scope,
            actor,
            role,
            address: from,
            action,
            operation_id: operationId,
            plan_id: planId,
            reason,
            data: JSON.stringify(data),
            prev,
            hash,
          })
          .compile();
        expect(await store.write([insert])).toMatchObject({ ok: true });
      }
      const remove = async (seq: number) =>
        expect(await raw(`delete from audit where seq = ${seq}`)).toMatchObject({ ok: true });
      const rehashed = (row: AuditRow): AuditRow => ({ ...row, hash: hashOf(row) });

      let rows: readonly AuditRow[];
      const row = (seq: number): AuditRow => {
        const found = rows.find((one) => one.seq === seq);
        if (!found) throw new Error(`no row ${seq}`);
        return found;
      };
      beforeEach(async () => {
        rows = await fill(6);
        await unguard();
        expect(await verdict()).toMatchObject({ kind: "whole", rows: 6 });
      });

      test.each(["kind", "scope", "actor", "role", "address", "action", "plan_id", "reason", "prev", "hash"])(
        "an edited %s is named by its row",
        async (column) => {
          await raw(`update audit set ${column} = 'x' where seq = 3`);
          expect(await verdict()).toEqual({ kind: "broken", seq: 3, why: "hash", rows: 2 });
        },
      );

      test.each([
        ["time", "update audit set at = at + 1 where seq = 3"],
        ["content", `update audit set data = '{"a":1}' where seq = 3`],
        ["content that is no JSON any more", "update audit set data = 'spoilt' where seq = 3"],
        ["emptied operation", "update audit set plan_id = null where seq = 3"],
      ])("an edited %s is named by its row, and is still listed", async (_what, sql) => {
        await raw(sql);
        expect(await verdict()).toEqual({ kind: "broken", seq: 3, why: "hash", rows: 2 });
        expect(await seqs()).toEqual([6, 5, 4, 3, 2, 1]);
      });

      test("an edited row with a fresh hash of its own is told by the row after it", async () => {
        await remove(3);
        await put(rehashed({ ...row(3), reason: "another" }));
        expect(await verdict()).toEqual({ kind: "broken", seq: 4, why: "chain", rows: 3 });
      });

      test("a deleted row is missing, wherever it stood", async () => {
        await remove(3);
        expect(await verdict()).toEqual({ kind: "broken", seq: 3, why: "missing", rows: 2 });
        await remove(1);
        expect(await verdict()).toEqual({ kind: "broken", seq: 1, why: "missing", rows: 0 });
      });

      test("rows cut off at the end are missing, also after others were appended, and when all are gone", async () => {
        await remove(6);
        await remove(5);
        expect(await verdict()).toEqual({ kind: "broken", seq: 5, why: "missing", rows: 4 });
        await fill(1);
        expect(await seqs()).toEqual([7, 4, 3, 2, 1]);
        expect(await verdict()).toEqual({ kind: "broken", seq: 5, why: "missing", rows: 4 });
        await raw("delete from audit");
        expect(await verdict()).toEqual({ kind: "broken", seq: 1, why: "missing", rows: 0 });
      });

      test("two rows that changed places are named by the first", async () => {
        await remove(3);
        await remove(4);
        await put({ ...row(4), seq: 3 });
        await put({ ...row(3), seq: 4 });
        expect(await verdict()).toEqual({ kind: "broken", seq: 3, why: "hash", rows: 2 });
      });

      test("a row that was taken out and put in again as it was is whole; at another time it is not", async () => {
        await remove(3);
        await put(row(3));
        expect(await verdict()).toMatchObject({ kind: "whole", rows: 6 });
        await remove(3);
        await put({ ...row(3), at: row(4).at });
        expect(await verdict()).toEqual({ kind: "broken", seq: 3, why: "hash", rows: 2 });
      });

      test("an end that was written anew, each row rightly upon the one before, differs from what was written down", async () => {
        let prev = row(4).hash;
        for (const seq of [5, 6]) {
          await remove(seq);
          const forged = rehashed({ ...row(seq), actor: "somebody else", prev });
          await put(forged);
          prev = forged.hash;
        }
        expect(await verdict()).toEqual({ kind: "broken", seq: 6, why: "chain", rows: 5 });
      });

      test("a row before the first and a row after the last are no part of the chain", async () => {
        await put(rehashed({ ...row(1), seq: 0 }));
        expect(await verdict()).toEqual({ kind: "broken", seq: 0, why: "chain", rows: 0 });
        await remove(0);
        await put(rehashed({ ...row(6), seq: 9, prev: row(6).hash }));
        expect(await verdict()).toEqual({ kind: "broken", seq: 7, why: "missing", rows: 6 });
      });

      test("the end that was written down is missed when it is gone", async () => {
        await raw("delete from meta where key = 'audit_head'");
        expect(await verdict()).toEqual({ kind: "broken", seq: 7, why: "missing", rows: 6 });
      });
    });

    test("the chain is walked in pieces, and read in pieces from any place", async () => {
      const build = Array.from({ length: 450 }, () => log.append(ENTRY, AT));
      await Promise.all(build);
      expect(await verdict()).toMatchObject({ kind: "whole", rows: 450 });
      const piece = await log.after(448, 10);
      expect(piece.ok && piece.value.map(({ seq }) => seq)).toEqual([449, 450]);
    });

    test("rows are found by time, kind, cluster, person, action, operation and words, page by page, newest first", async () => {
      const say = (over: Partial<AuditEntry>, at: number) => log.append({ ...ENTRY, ...over }, AT + at);
      await say({ kind: "sign-in", scope: null, actor: "boris", action: null, from: "10.0.0.7" }, 1);
      await say({ reason: "Диск на node1 «умирает»" }, 2);
      await say({ kind: "operation-requested", operationId: "op-1", data: { request: { candidate: "node_2" } } }, 3);
      await say({ kind: "operation-ended", operationId: "op-1", data: { state: "done", text: 'a "quoted" 100%' } }, 4);
      await say({ scope: "other", action: "restart" }, 5);
      expect(await seqs()).toEqual([5, 4, 3, 2, 1]);
      expect(await seqs({ from: AT + 2, to: AT + 3 })).toEqual([3, 2]);
      expect(await seqs({ kinds: ["sign-in", "operation-ended"] })).toEqual([4, 1]);
      expect(await seqs({ scope: "other" })).toEqual([5]);
      expect(await seqs({ actor: "boris" })).toEqual([1]);
      expect(await seqs({ action: "restart" })).toEqual([5]);
      expect(await seqs({ operationId: "op-1" })).toEqual([4, 3]);
      expect(await seqs({ search: "NODE_2" })).toEqual([3]);
      expect(await seqs({ search: "node 10.0.0.9" })).toEqual([3, 2]);
      expect(await seqs({ search: "УМИРАЕТ" })).toEqual([2]);
      expect(await seqs({ search: '"quoted" 100%' })).toEqual([4]);
      expect(await seqs({ search: "node%2" })).toEqual([]);
      expect(await seqs({ search: "candidate" })).toEqual([]);
      expect(await seqs({ limit: 2 })).toEqual([5, 4]);
      expect(await seqs({ limit: 2, beforeSeq: 4 })).toEqual([3, 2]);
    });
  });
}
