import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { Secret } from "@/lib/config/types";
import { memberName } from "@/lib/domain/ids";
import { callPatroni, type PatroniCall } from "./act";

const running: Server[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

const STATUS = {
  state: "running",
  role: "replica",
  database_system_identifier: "7000000000000000001",
  patroni: { version: "4.0.6", scope: "demo", name: "pg1" },
};
const EXPECTED = { scope: "demo", systemId: "7000000000000000001" };

type Reply = { status: number; text: string } | null;

/** A member that says who it is, and records whatever else it is told. */
async function member(status: unknown, reply: Reply = { status: 200, text: "restarted successfully" }) {
  const told: { line: string; body: string; authorization: string | undefined }[] = [];
  const server = createServer((request: IncomingMessage, response) => {
    if (request.method === "GET") return void response.end(JSON.stringify(status));
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      told.push({ line: `${request.method} ${request.url}`, body, authorization: request.headers.authorization });
      if (reply) response.writeHead(reply.status).end(reply.text);
    });
  });
  running.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, told };
}

const restart = (origin: string, more: Partial<PatroniCall> = {}): PatroniCall => ({
  system: "patroni",
  id: "restart:pg1",
  member: memberName("pg1"),
  origin,
  method: "POST",
  path: "/restart",
  body: {},
  timeoutMs: 300,
  ...more,
});
const options = { username: "patroni", password: new Secret("hunter2"), timeoutMs: 1_000 };

describe("a call that acts", () => {
  test("goes once, signed in, to the member that says who it is", async () => {
    const { origin, told } = await member(STATUS);
    const answer = await callPatroni(restart(origin, { body: { timeout: 5 } }), EXPECTED, options);
    expect(answer).toMatchObject({
      kind: "done",
      call: `POST ${origin}/restart`,
      status: 200,
      text: "restarted successfully",
      member: null,
    });
    expect(told).toEqual([
      {
        line: "POST /restart",
        body: '{"timeout":5}',
        authorization: `Basic ${Buffer.from("patroni:hunter2").toString("base64")}`,
      },
    ]);
    expect(JSON.stringify(answer)).not.toContain("hunter2");
  });

  test.each([
    ["another member", { ...STATUS, patroni: { ...STATUS.patroni, name: "pg2" } }, /member "pg2"/],
    ["another cluster", { ...STATUS, patroni: { ...STATUS.patroni, scope: "other" } }, /cluster "other"/],
    ["another database", { ...STATUS, database_system_identifier: "7000000000000000002" }, /7000000000000000002/],
    ["no cluster's name", { ...STATUS, patroni: { version: "4.0.6" } }, /names no cluster/],
    ["something that is not Patroni", "hello", /GET \/patroni/],
  ])("is not sent where %s answers", async (_, status, why) => {
    const { origin, told } = await member(status);
    const answer = await callPatroni(restart(origin), EXPECTED, options);
    expect(answer).toMatchObject({ kind: "not-sent", status: null, text: expect.stringMatching(why) });
    expect(told).toEqual([]);
  });

  test("a member that names no member (Patroni before 3.2) is told by scope and database", async () => {
    const { origin, told } = await member({ ...STATUS, patroni: { version: "3.0.2", scope: "demo" } });
    expect((await callPatroni(restart(origin), EXPECTED, options)).kind).toBe("done");
    expect(told).toHaveLength(1);
  });

  test("an address where nobody listens is not sent", async () => {
    const { origin } = await member(STATUS);
    for (const server of running.splice(0)) await new Promise((resolve) => server.close(resolve));
    expect((await callPatroni(restart(origin), EXPECTED, options)).kind).toBe("not-sent");
  });

  test("an answer that does not come in time is unknown, and nothing is sent again", async () => {
    const { origin, told } = await member(STATUS, null);
    const answer = await callPatroni(restart(origin), EXPECTED, options);
    expect(answer).toMatchObject({ kind: "unknown", status: null });
    expect(answer.tookMs).toBeGreaterThanOrEqual(290);
    expect(told).toHaveLength(1);
  });

  test("bodies that Patroni does not read are not sent", async () => {
    const { origin, told } = await member(STATUS, { status: 202, text: "reload scheduled" });
    await callPatroni(restart(origin, { path: "/reload" }), EXPECTED, options);
    await callPatroni(restart(origin, { path: "/switchover", method: "DELETE" }), EXPECTED, options);
    expect(told.map(({ line, body }) => [line, body])).toEqual([
      ["POST /reload", ""],
      ["DELETE /switchover", ""],
    ]);
  });

  test("the configuration that a change is answered with is not kept", async () => {
    const { origin } = await member(STATUS, { status: 200, text: '{"primary_conninfo":"password=hunter2"}' });
    const answer = await callPatroni(restart(origin, { path: "/config", method: "PATCH" }), EXPECTED, options);
    expect(answer).toMatchObject({ kind: "done", text: "OK" });
  });

  test("a page of HTML becomes one short line", async () => {
    const page = `<html><head><title>Error response</title></head><body><h1>Error response</h1><p>Message: Conflict.</p>${"x".repeat(900)}</body></html>`;
    const { origin } = await member(STATUS, { status: 409, text: page });
    const { kind, text } = await callPatroni(restart(origin, { path: "/config", method: "PATCH" }), EXPECTED, options);
    expect(kind).toBe("refused");
    expect(text).toMatch(/^Error response Message: Conflict\. x+…$/);
    expect(text.length).toBeLessThanOrEqual(301);
  });

  test("a refusal of access names its words", async () => {
    const { origin } = await member(STATUS, { status: 401, text: "not authenticated" });
    expect(await callPatroni(restart(origin), EXPECTED, options)).toMatchObject({
      kind: "refused",
      status: 401,
      text: "not authenticated",
    });
  });
});
