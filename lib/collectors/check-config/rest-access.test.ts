import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { Secret } from "@/lib/config/types";
import { askRestAccess } from "./rest-access";

let server: Server | null = null;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

type Seen = { method: string; url: string; authorization: string | undefined; body: string };

async function listen(status: number | null) {
  const seen: Seen[] = [];
  const listening = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      seen.push({
        method: request.method ?? "",
        url: request.url ?? "",
        authorization: request.headers.authorization,
        body,
      });
      if (status !== null) response.writeHead(status).end();
    });
  });
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
  return { seen, origin: `http://127.0.0.1:${(listening.address() as AddressInfo).port}` };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
}

const NOBODY = { username: null, password: null, tls: null, timeoutMs: 300 };
const SOMEBODY = { ...NOBODY, username: "patroni", password: new Secret("hunter2") };

describe("asking Patroni whether it would accept an action", () => {
  test.each([
    [400, { ok: true, value: "accepted" }],
    [401, { ok: true, value: "unauthorized" }],
    [403, { ok: true, value: "forbidden" }],
    [200, { ok: false, failure: { kind: "http-status" } }],
    [404, { ok: false, failure: { kind: "http-status" } }],
  ])("%i", async (status, result) => {
    const { origin } = await listen(status);
    expect(await askRestAccess(origin, NOBODY)).toMatchObject(result);
  });

  test("sends nothing but an empty object, once, with the credentials", async () => {
    const { origin, seen } = await listen(400);
    await askRestAccess(origin, SOMEBODY);
    const authorization = `Basic ${Buffer.from("patroni:hunter2").toString("base64")}`;
    expect(seen).toEqual([{ method: "POST", url: "/switchover", authorization, body: "{}" }]);
  });

  test("gives a hanging member up", async () => {
    const { origin } = await listen(null);
    expect(await askRestAccess(origin, NOBODY)).toMatchObject({ ok: false });
  });
});
