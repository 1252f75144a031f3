import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Secret } from "@/lib/config/types";
import { type DeadMan, startDeadMan } from "./dead-man";

const SECRET = "hunter2secret";
let server: Server;
let url: string;
let pings: string[];
let status: number;
let open: DeadMan[];

beforeEach(async () => {
  pings = [];
  status = 200;
  open = [];
  server = createServer((request, response) => {
    pings.push(`${request.method} ${request.url}`);
    response.writeHead(status).end();
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/${SECRET}`;
});
afterEach(async () => {
  for (const one of open) one.close();
  await new Promise((done) => server.close(done));
});

function start(unfit: () => Promise<string | null>, to = url): DeadMan {
  const one = startDeadMan({ config: { url: new Secret(to), everyMs: 20 }, unfit });
  open.push(one);
  return one;
}

test("pings again and again while all is well, and says when it was heard last", async () => {
  const one = start(async () => null);
  expect(one.status()).toEqual({ everyMs: 20, lastOkAt: null, error: null });
  await vi.waitFor(() => expect(pings.length).toBeGreaterThan(2));
  expect(pings[0]).toBe(`GET /${SECRET}`);
  await vi.waitFor(() => expect(one.status()).toMatchObject({ lastOkAt: expect.any(String), error: null }));
});

test("is silent while the dashboard is not fit to say that it is alive, and says why", async () => {
  let why: string | null = "the store is full";
  const one = start(async () => why);
  await vi.waitFor(() => expect(one.status().error).toBe("the store is full"));
  expect(pings).toEqual([]);
  why = null;
  await vi.waitFor(() => expect(one.status().error).toBeNull());
  expect(pings.length).toBeGreaterThan(0);
});

test("says how it was not heard, without the address", async () => {
  status = 404;
  const refused = start(async () => null);
  await vi.waitFor(() => expect(refused.status().error).toBe("HTTP 404"));
  const nowhere = start(async () => null, `http://127.0.0.1:1/${SECRET}`);
  await vi.waitFor(() => expect(nowhere.status().error).toMatch(/ECONNREFUSED|not reachable/));
  expect(JSON.stringify([refused.status(), nowhere.status()])).not.toContain(SECRET);
});

test("says nothing more once it is closed", async () => {
  const one = start(async () => null);
  await vi.waitFor(() => expect(pings.length).toBeGreaterThan(0));
  one.close();
  await new Promise((done) => setTimeout(done, 50));
  const heard = pings.length;
  await new Promise((done) => setTimeout(done, 100));
  expect(pings.length).toBe(heard);
});
