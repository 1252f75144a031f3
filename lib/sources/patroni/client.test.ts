import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { getPatroniCluster, getPatroniStatus } from "./client";

type Answer = { readonly status?: number; readonly body: string };

let server: Server | null = null;
afterEach(() => new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve())));

async function patroni(answers: Readonly<Record<string, Answer>>) {
  const seen = { paths: [] as string[], together: 0, most: 0 };
  server = createServer((request, response) => {
    const path = request.url ?? "";
    seen.paths.push(path);
    seen.together += 1;
    seen.most = Math.max(seen.most, seen.together);
    const { status = 200, body } = answers[path] ?? { status: 503, body: "<html>" };
    setTimeout(() => {
      seen.together -= 1;
      response.writeHead(status).end(body);
    }, 20);
  });
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

const options = { timeoutMs: 1_000 };

describe("getPatroniStatus", () => {
  test.each([
    ["a good answer", { body: '{"state":"running","role":"replica"}' }, { ok: true, value: { role: "replica" } }],
    ["a body cut short", { body: '{"state":"runn' }, { failure: { kind: "malformed" } }],
    ["something else's page", { body: "<html></html>" }, { failure: { kind: "malformed" } }],
    ["401", { status: 401, body: "no auth header received" }, { failure: { kind: "unauthorized" } }],
    ["403", { status: 403, body: "Access is denied" }, { failure: { kind: "forbidden" } }],
    ["502 of a proxy", { status: 502, body: "<html>" }, { failure: { kind: "http-status" } }],
  ])("%s", async (_, answer, wanted) => {
    const { origin } = await patroni({ "/patroni": answer });
    expect(await getPatroniStatus(`${origin}/`, options)).toMatchObject(wanted);
  });
});

describe("getPatroniCluster", () => {
  test("asks one thing after another: one request in flight a node", async () => {
    const { origin, seen } = await patroni({
      "/cluster": { body: '{"members":[{"name":"pg1","role":"leader"}]}' },
      "/config": { body: '{"ttl":30,"loop_wait":10,"pause":false}' },
      "/history": { body: '[[1,67108960,"no recovery target specified"]]' },
    });
    const view = await getPatroniCluster(origin, options);
    expect(view).toMatchObject({
      ok: true,
      value: { leader: { name: "pg1" }, ttlSeconds: 30, history: [{ timeline: 1 }] },
    });
    expect(seen).toMatchObject({ paths: ["/cluster", "/config", "/history"], most: 1 });
  });

  test("a missing configuration and history are tolerated", async () => {
    const { origin } = await patroni({
      "/cluster": { body: '{"members":[]}' },
      "/config": { status: 502, body: "<html>" },
    });
    expect(await getPatroniCluster(origin, options)).toMatchObject({ ok: true, value: { config: null, history: [] } });
  });

  test("without /cluster there is no view, and nothing more is asked", async () => {
    const { origin, seen } = await patroni({});
    expect(await getPatroniCluster(origin, options)).toMatchObject({ ok: false, failure: { kind: "http-status" } });
    expect(seen.paths).toEqual(["/cluster"]);
  });
});
