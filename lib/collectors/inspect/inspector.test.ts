import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { RosterEntry } from "@/lib/domain/cluster-state";
import { memberName } from "@/lib/domain/ids";
import type { InspectTopic } from "@/lib/domain/inspect/topics";
import { fail, ok, type Result } from "@/lib/domain/observation";
import type { InspectConnection, InspectLook } from "@/lib/sources/postgres/inspect/connection";
import { createInspector, type Inspector } from "./inspector";
import { IDLE_CLOSE_MS } from "./member-room";

/** A server that answers when it is told to, and counts what reaches it. */
function fakeServer() {
  const log: string[] = [];
  let flying = 0;
  let most = 0;
  let answer: () => Promise<Result<unknown>> = async () => ok(DATABASES);
  const connect = (address: { host: string }, database: string | null): InspectConnection => {
    const name = `${address.host}/${database ?? "usual"}`;
    log.push(`open ${name}`);
    return {
      async ask<T>(_look: InspectLook<T>) {
        log.push(`ask ${name}`);
        flying += 1;
        most = Math.max(most, flying);
        const result = await answer();
        flying -= 1;
        return result as Result<T>;
      },
      async close() {
        log.push(`close ${name}`);
      },
    };
  };
  const count = (what: string) => log.filter((line) => line.startsWith(what)).length;
  return { connect, log, count, most: () => most, answers: (next: typeof answer) => (answer = next) };
}

const DATABASES = {
  databases: [
    { name: "shop", allowsConnections: true },
    { name: "template0", allowsConnections: false },
  ],
};
const entry = (name: string, host: string | null = `host-${name}`): RosterEntry => ({
  name: memberName(name),
  host,
  port: 5432,
  apiUrl: null,
  firstSeenAt: 0,
  lastInDcsAt: 0,
});

let server: ReturnType<typeof fakeServer>;
let roster: RosterEntry[];
let inspector: Inspector;
beforeEach(() => {
  vi.useFakeTimers();
  server = fakeServer();
  roster = [entry("a"), entry("b")];
  inspector = createInspector([
    { scope: "demo", roster: () => roster, connect: server.connect },
    { scope: "bare", roster: () => roster, connect: null },
  ]);
});
afterEach(async () => {
  await inspector.close();
  vi.useRealTimers();
});

const look = (topic: InspectTopic = "activity", member = "a", database: string | null = null) =>
  inspector.look("demo", member, topic, database);

describe("what looking costs", () => {
  test("nobody looking: no connection, no question", async () => {
    await vi.advanceTimersByTimeAsync(600_000);
    expect(server.log).toEqual([]);
  });

  test("a hundred viewers at once are one question, and so are those within its beat", async () => {
    await Promise.all(Array.from({ length: 100 }, () => look()));
    await vi.advanceTimersByTimeAsync(1_500);
    await look();
    expect(server.count("ask")).toBe(1);
  });

  test("viewers who come again at the beat get a new answer each time", async () => {
    for (let beat = 0; beat < 5; beat++) {
      await look();
      await vi.advanceTimersByTimeAsync(2_000);
    }
    expect(server.count("ask")).toBe(5);
    expect(server.count("open")).toBe(1);
  });

  test("a slow topic is not asked again for minutes", async () => {
    await look("sizes");
    await vi.advanceTimersByTimeAsync(4 * 60_000);
    await look("sizes");
    expect(server.count("ask")).toBe(1);
  });

  test("the connection is given back after silence, and opened again when somebody comes", async () => {
    await look();
    await vi.advanceTimersByTimeAsync(IDLE_CLOSE_MS - 1);
    expect(server.count("close")).toBe(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(server.count("close")).toBe(1);
    await look();
    expect(server.count("open")).toBe(2);
  });

  test("one question in flight a member, whatever is asked; members do not wait for each other", async () => {
    server.answers(() => new Promise((resolve) => setTimeout(() => resolve(ok(DATABASES)), 100)));
    const all = [look("activity"), look("wal"), look("vacuum"), look("tables", "a", "shop")];
    await vi.advanceTimersByTimeAsync(1_000);
    await Promise.all(all);
    expect(server.most()).toBe(1);
    const both = [look("settings", "a"), look("settings", "b")];
    await vi.advanceTimersByTimeAsync(1_000);
    await Promise.all(both);
    expect(server.most()).toBe(2);
  });

  test("another database has a connection of its own, closed with its answer", async () => {
    await look("tables", "a", "shop");
    expect(server.log.slice(-3)).toEqual(["open host-a/shop", "ask host-a/shop", "close host-a/shop"]);
  });
});

describe("what is not there", () => {
  test.each([
    ["a cluster", "other", "a", null, "no-cluster"],
    ["a cluster named like a property", "constructor", "a", null, "no-cluster"],
    ["a member", "demo", "z", null, "no-member"],
    ["a database", "demo", "a", "nothing", "no-database"],
    ["a database that lets nobody in", "demo", "a", "template0", "no-database"],
    ["access to PostgreSQL", "bare", "a", null, "not-configured"],
  ])("%s", async (_name, scope, member, database, kind) => {
    expect(await inspector.look(scope, member, "tables", database)).toEqual({ kind });
    expect(server.log.filter((line) => line.includes(`/${database}`))).toEqual([]);
  });

  test("a member whose host is not known", async () => {
    roster = [entry("a", null)];
    expect(await look()).toEqual({ kind: "no-member" });
  });

  test("a member that left is forgotten; one that moved is asked at its new address", async () => {
    await look();
    roster = [entry("a", "elsewhere")];
    await vi.advanceTimersByTimeAsync(2_000);
    await look();
    expect(server.log).toEqual([
      "open host-a/usual",
      "ask host-a/usual",
      "close host-a/usual",
      "open elsewhere/usual",
      "ask elsewhere/usual",
    ]);
    roster = [];
    expect(await look()).toEqual({ kind: "no-member" });
  });
});

describe("failures", () => {
  test("the last good answer stays beside the failure, and the next good one takes its place", async () => {
    await look();
    server.answers(async () => fail("timeout", "late"));
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await look()).toMatchObject({
      answer: { good: { value: DATABASES }, last: { failure: { kind: "timeout" } } },
    });
    server.answers(async () => ok({ databases: [] }));
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await look()).toMatchObject({ answer: { good: { value: { databases: [] } }, last: { failure: null } } });
  });

  test("a failed slow topic is tried again soon, and no sooner", async () => {
    server.answers(async () => fail("timeout", "late"));
    await look("sizes");
    await vi.advanceTimersByTimeAsync(3_000);
    await look("sizes");
    expect(server.count("ask")).toBe(1);
    await vi.advanceTimersByTimeAsync(3_000);
    await look("sizes");
    expect(server.count("ask")).toBe(2);
  });

  test("behind a hung member nobody waits in a queue without end", async () => {
    server.answers(() => new Promise((resolve) => setTimeout(() => resolve(fail("timeout", "late")), 4_000)));
    const topics: InspectTopic[] = ["activity", "wal", "vacuum", "replication", "settings", "databases"];
    const answers = Promise.all(topics.map((topic) => look(topic)));
    await vi.advanceTimersByTimeAsync(12_000);
    for (const reply of await answers)
      expect(reply).toMatchObject({ answer: { good: null, last: { failure: { kind: "timeout" } } } });
    expect(server.count("ask")).toBeLessThanOrEqual(3);
  });

  test("without the list of databases the failure is told, and none is tried by name", async () => {
    server.answers(async () => fail("refused", "no"));
    expect(await look("tables", "a", "shop")).toMatchObject({
      answer: { good: null, last: { failure: { kind: "refused" } } },
    });
    expect(server.count("open")).toBe(1);
  });
});
