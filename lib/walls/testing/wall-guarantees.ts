import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createAuditLog } from "@/lib/audit/log";
import type { AuditEntry } from "@/lib/audit/types";
import type { Store } from "@/lib/db/types";
import { clusterScope } from "@/lib/domain/ids";
import { LINK_MS } from "../desk";
import { startWalls } from "../start";
import type { ArmedWall, WallAnswered } from "../types";

const AT = 1_795_000_000_000;
const ANNA = { name: "anna", role: "admin", from: "10.0.0.9" };
const TV = "10.0.0.50";

/** What walls must do on every store. `place` gives one database without tables, to be opened as often as one likes. */
export function wallGuarantees(name: string, place: () => Promise<() => Store>): void {
  describe(`walls on ${name}`, () => {
    let open: () => Store;
    let close: (() => Promise<void>)[];
    let now: number;
    let told: AuditEntry[];
    let recordable: boolean;

    beforeEach(async () => {
      open = await place();
      [close, now, told, recordable] = [[], AT, [], true];
    });
    afterEach(async () => {
      for (const one of close) await one();
    });

    /** A dashboard on the store that all of a test share. `through` stands between it and the store. */
    function dashboard(through: (store: Store) => Store = (store) => store) {
      const inner = open();
      const store = through(inner);
      const log = createAuditLog(inner);
      const audit = {
        append: (entry: AuditEntry, at?: number) => {
          if (!recordable) return Promise.resolve({ ok: false, failure: { kind: "full", text: "" } } as const);
          told.push(entry);
          return log.append(entry, at);
        },
      };
      const { desk, door } = startWalls({ store, audit, now: () => now });
      close.push(async () => {
        await desk.close();
        await inner.close();
      });
      const enter = (token: string, present: string | null = null) => door.enter(token, present, TV, now);
      return { desk, door, enter };
    }
    const value = <T>(answered: WallAnswered<T>): T => {
      if (answered.kind !== "ok") throw new Error(answered.detail);
      return answered.value;
    };
    const made = async (desk: ReturnType<typeof dashboard>["desk"], scopes: readonly string[] | null = null) =>
      value<ArmedWall>(await desk.make(ANNA, "duty room", scopes?.map(clusterScope) ?? null));
    const secretOf = async (entering: ReturnType<ReturnType<typeof dashboard>["enter"]>) => {
      const entered = await entering;
      if (entered.kind !== "entered") throw new Error(JSON.stringify(entered));
      return entered.secret;
    };
    /** Past the half second within which the store is not asked again. */
    const later = (ms = 1_000) => {
      now += ms;
    };

    test("a link lets in once: the browser that opened it is the wall, and sees what the wall may see", async () => {
      const { desk, door, enter } = dashboard();
      const { wall, token } = await made(desk, ["demo"]);
      expect(wall).toMatchObject({ title: "duty room", scopes: ["demo"], boundAt: null, revoked: null });
      const secret = await secretOf(enter(token));
      expect(await door.see(secret)).toEqual({
        kind: "ok",
        actor: { kind: "wall", id: wall.id, name: "duty room", role: "viewer", scopes: ["demo"] },
      });
      expect(door.holds(secret)).toBe(true);
      expect(await enter(token)).toEqual({ kind: "refused", code: "link-used" });
      expect(await desk.list()).toMatchObject({ ok: true, value: [{ boundFrom: TV, linkUntil: null }] });
    });

    test("a display that starts with its link every morning stays signed in", async () => {
      const { desk, enter } = dashboard();
      const { token } = await made(desk);
      const secret = await secretOf(enter(token));
      later(3 * LINK_MS);
      expect(await enter(token, secret)).toEqual({ kind: "already", title: "duty room" });
      expect(await enter("mtw_nonsense", secret)).toEqual({ kind: "already", title: "duty room" });
    });

    test("of many browsers that open one link at once, through two dashboards, one becomes the wall", async () => {
      const [one, two] = [dashboard(), dashboard()];
      const { token } = await made(one.desk);
      later();
      const entered = await Promise.all([one, two, one, two, one].map(({ enter }) => enter(token)));
      expect(entered.filter(({ kind }) => kind === "entered")).toHaveLength(1);
      expect(entered.filter((one_) => one_.kind === "refused" && one_.code === "link-used")).toHaveLength(4);
    });

    test("nothing that lets anybody in is stored or recorded", async () => {
      let stored = "";
      const { desk, enter } = dashboard((store) => ({
        ...store,
        write: (statements) => {
          stored += JSON.stringify(statements.map(({ parameters }) => parameters));
          return store.write(statements);
        },
      }));
      const { token } = await made(desk);
      const secret = await secretOf(enter(token));
      await enter(token);
      expect(stored).not.toBe("");
      for (const one of [token, secret]) {
        expect(stored).not.toContain(one);
        expect(JSON.stringify(told)).not.toContain(one);
        expect(JSON.stringify(await desk.list())).not.toContain(one);
      }
    });

    test("a link that nobody opens within its day is worth nothing", async () => {
      const { desk, enter } = dashboard();
      const { token } = await made(desk);
      later(LINK_MS);
      expect(await enter(token)).toEqual({ kind: "refused", code: "link-over" });
    });

    test("armed anew, the wall stays who it is until the new link is opened; the old link is dead at once", async () => {
      const { desk, door, enter } = dashboard();
      const { wall, token } = await made(desk);
      const first = await secretOf(enter(token));
      const armed = value(await desk.arm(ANNA, wall.id));
      expect(armed.token).not.toBe(token);
      expect(await door.see(first)).toMatchObject({ kind: "ok" });
      expect(await enter(token)).toEqual({ kind: "refused", code: "not-found" });
      const second = await secretOf(enter(armed.token));
      later();
      expect(await door.see(first)).toEqual({ kind: "none" });
      expect(door.holds(first)).toBe(false);
      expect(await door.see(second)).toMatchObject({ kind: "ok" });
    });

    test("revoked, a wall is out at once and for good, here and at another dashboard within a refresh", async () => {
      const [here, there] = [dashboard(), dashboard()];
      const { wall, token } = await made(here.desk);
      const secret = await secretOf(here.enter(token));
      later();
      expect(await there.door.see(secret)).toMatchObject({ kind: "ok" });
      expect(value(await here.desk.revoke(ANNA, wall.id)).revoked).toMatchObject({ by: "anna" });
      expect(here.door.holds(secret)).toBe(false);
      expect(await here.door.see(secret)).toEqual({ kind: "none" });
      expect(await here.enter(token)).toEqual({ kind: "refused", code: "link-over" });
      expect(await here.desk.arm(ANNA, wall.id)).toMatchObject({ kind: "refused", code: "not-open" });
      expect(await here.desk.revoke(ANNA, wall.id)).toMatchObject({ kind: "refused", code: "not-open" });
      later();
      await there.desk.list();
      expect(there.door.holds(secret)).toBe(false);
    });

    test("a link armed before the wall was revoked opens nothing afterwards", async () => {
      const { desk, enter } = dashboard();
      const { wall, token } = await made(desk);
      await desk.revoke(ANNA, wall.id);
      expect(await enter(token)).toEqual({ kind: "refused", code: "link-over" });
    });

    test("after a restart the wall is still let in", async () => {
      const before = dashboard();
      const { token } = await made(before.desk);
      const secret = await secretOf(before.enter(token));
      expect(await dashboard().door.see(secret)).toMatchObject({ kind: "ok" });
    });

    test("while the store is away, who was let in stays so, and a stranger is neither let in nor turned away", async () => {
      let away = false;
      const { desk, door, enter } = dashboard((store) => ({
        ...store,
        read: async (work) => (away ? { ok: false, failure: { kind: "unavailable", text: "" } } : store.read(work)),
      }));
      const { token } = await made(desk);
      const secret = await secretOf(enter(token));
      away = true;
      later(60_000);
      expect(await door.see(secret)).toMatchObject({ kind: "ok" });
      expect(await door.see("stranger")).toEqual({ kind: "unknown" });
      expect(await enter(token)).toEqual({ kind: "refused", code: "store-failed" });
      expect(await desk.list()).toMatchObject({ ok: false });
    });

    test("what cannot be written down is not done", async () => {
      const { desk, door, enter } = dashboard();
      const { wall, token } = await made(desk);
      recordable = false;
      expect(await desk.make(ANNA, "another", null)).toMatchObject({ kind: "refused", code: "store-failed" });
      expect(await enter(token)).toEqual({ kind: "refused", code: "store-failed" });
      recordable = true;
      const secret = await secretOf(enter(token));
      recordable = false;
      expect(await desk.revoke(ANNA, wall.id)).toMatchObject({ kind: "refused", code: "store-failed" });
      expect(door.holds(secret)).toBe(true);
      expect(await desk.list()).toMatchObject({ ok: true, value: [{ id: wall.id }] });
    });

    test("each deed is recorded with who did it; who keeps opening a dead link fills nothing", async () => {
      const { desk, enter } = dashboard();
      const { wall, token } = await made(desk);
      await secretOf(enter(token));
      await desk.arm(ANNA, wall.id);
      await desk.revoke(ANNA, wall.id);
      for (let attempt = 0; attempt < 5; attempt += 1) await enter("mtw_unknown");
      expect(told.map(({ kind, actor, from }) => [kind, actor, from])).toEqual([
        ["wall-made", "anna", "10.0.0.9"],
        ["wall-bound", "duty room", TV],
        ["wall-armed", "anna", "10.0.0.9"],
        ["wall-revoked", "anna", "10.0.0.9"],
      ]);
      const again = await made(desk);
      await secretOf(enter(again.token));
      for (let attempt = 0; attempt < 5; attempt += 1) await enter(again.token);
      expect(told.filter(({ kind }) => kind === "wall-refused")).toHaveLength(1);
    });

    test("a wall that asks all the time is noted about once a minute", async () => {
      let writes = 0;
      const { desk, door, enter } = dashboard((store) => ({
        ...store,
        write: (statements) => {
          writes += 1;
          return store.write(statements);
        },
      }));
      const { token } = await made(desk);
      const secret = await secretOf(enter(token));
      writes = 0;
      for (let asked = 0; asked < 500; asked += 1) door.holds(secret);
      expect(writes).toBe(1);
      later(61_000);
      expect(await door.see(secret)).toMatchObject({ kind: "ok" });
      expect(writes).toBe(2);
    });

    test.each(["arm", "revoke"] as const)("there is nothing to %s where there is no such wall", async (deed) => {
      const { desk } = dashboard();
      expect(await desk[deed](ANNA, "nobody")).toMatchObject({ kind: "refused", code: "not-found" });
    });
  });
}
