import { afterEach, describe, expect, test } from "vitest";
import { type FakeServer, type Reply, startFakeServer } from "@/lib/sources/postgres/testing/fake-server";
import { createClientEye } from "./client";

let server: FakeServer | null = null;
afterEach(() => server?.close());

const row = (over: Record<string, string> = {}): Reply => ({
  rows: [{ standby: "false", started: "2026-11-18 04:10:07.100341+00:00", read_only_by: "", ...over }],
});

async function eyeOn(reply: (query: string) => Reply, timeoutMs = 500, greet = true) {
  server = await startFakeServer(reply, greet);
  const eye = createClientEye({
    host: "127.0.0.1",
    port: server.port,
    user: "probe",
    password: null,
    database: "app",
    sslmode: "prefer",
    ca: null,
    timeoutMs,
  });
  return { eye, server };
}

describe("a session through the write port", () => {
  test("is asked once by simple query, and closed", async () => {
    const { eye, server } = await eyeOn(() => row());
    const result = await eye.look();
    expect(result).toMatchObject({ ok: true, value: { postmasterStartTime: "2026-11-18 04:10:07.100341+00:00" } });
    expect(server.queries).toHaveLength(1);
    await expect.poll(() => server.sessions()).toBe(0);
  });

  test("carries no startup parameter that a pooler would refuse", async () => {
    const { eye, server } = await eyeOn(() => row());
    await eye.look();
    expect(Object.keys(server.startups[0] ?? {}).sort()).toEqual([
      "application_name",
      "client_encoding",
      "database",
      "user",
    ]);
  });

  test("looks may overlap, each on a session of its own", async () => {
    const { eye, server } = await eyeOn(() => row());
    const all = await Promise.all([eye.look(), eye.look(), eye.look()]);
    expect(all.every((one) => one.ok)).toBe(true);
    expect(server.startups).toHaveLength(3);
  });

  test("after TLS was turned down once, no second session is spent on asking for it", async () => {
    const { eye, server } = await eyeOn(() => row());
    await eye.look();
    const first = server.connections();
    await eye.look();
    expect([server.startups.length, server.connections()]).toEqual([2, first + 1]);
  });

  test.each([
    ["a primary", {}, "writable"],
    ["a standby", { standby: "true" }, "read-only"],
    ["a primary whose settings forbid to write", { read_only_by: "configuration file" }, "read-only"],
    ["a primary that forbids it to our role alone", { read_only_by: "user" }, "writable"],
    ["a session that its last user left so", { read_only_by: "session" }, "writable"],
  ])("finds %s", async (_name, over: Record<string, string>, finds) => {
    const { eye } = await eyeOn(() => row(over));
    expect(await eye.look()).toMatchObject({ ok: true, value: { finds } });
  });

  test.each([
    ["refused as too many of our role", "53300", 'too many connections for role "probe"', "forbidden"],
    ["refused as too many of all", "53300", "sorry, too many clients already", "failed"],
    ["of an unknown database", "3D000", 'database "app" does not exist', "unsupported"],
    ["of a database that PgBouncer does not know", "08P01", "no such database: app", "unsupported"],
    ["by a user whom PgBouncer does not know", "08P01", "no such user: probe", "unauthorized"],
    ["that PgBouncer cannot serve", "08P01", "server login has been failing, try again later", "failed"],
    ["to a server that starts", "57P03", "the database system is starting up", "starting-up"],
    ["that is ended by an administrator", "57P01", "terminating connection", "reset"],
  ])("%s", async (_name, sqlstate, message, kind) => {
    const { eye } = await eyeOn(() => ({ sqlstate, message }));
    expect(await eye.look()).toMatchObject({ ok: false, failure: { kind } });
  });

  test.each([
    ["hang up", "hang-up", "reset"],
    ["say nothing", "silence", "timeout"],
  ] as const)("to a server that may %s", async (_name, reply, kind) => {
    const { eye, server } = await eyeOn(() => reply, 200);
    expect(await eye.look()).toMatchObject({ ok: false, failure: { kind } });
    await expect.poll(() => server.sessions()).toBe(0);
  });

  test("to a server that takes the connection and says nothing at all is a time-out within the limit", async () => {
    const { eye } = await eyeOn(() => row(), 200, false);
    const began = performance.now();
    expect(await eye.look()).toMatchObject({ ok: false, failure: { kind: "timeout" } });
    expect(performance.now() - began).toBeLessThan(600);
  });

  test("whose answer is no answer is malformed", async () => {
    const { eye } = await eyeOn(() => ({ rows: [{ other: "x" }] }));
    expect(await eye.look()).toMatchObject({ ok: false, failure: { kind: "malformed" } });
  });

  test("that the caller gives up is aborted", async () => {
    const { eye } = await eyeOn(() => "silence", 5_000);
    const leaving = new AbortController();
    const look = eye.look(leaving.signal);
    leaving.abort();
    expect(await look).toMatchObject({ ok: false, failure: { kind: "aborted" } });
    expect(await eye.look(leaving.signal)).toMatchObject({ ok: false, failure: { kind: "aborted" } });
  });
});
