import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { Secret } from "@/lib/config/types";
import { askHaproxy, parseIdentity, sameProcess } from "./haproxy";
import type { VipTarget } from "./types";

const fixture = (name: string) => readFileSync(new URL(`./fixtures/${name}.html`, import.meta.url), "utf8");
const NOW = Date.UTC(2026, 10, 21);

describe("the head of the statistics page", () => {
  test("3.0 without show-node", () => {
    expect(parseIdentity(fixture("stats-head.haproxy-3.0"), NOW)).toEqual({
      node: null,
      pid: 75,
      startedAt: NOW - (11 * 60 + 22) * 1_000,
      version: "3.0.11-1+deb13u3",
    });
  });

  test("2.6 with show-node", () => {
    const seen = parseIdentity(fixture("stats-head-show-node.haproxy-2.6"), NOW);
    expect(seen).toMatchObject({ node: "lab-node-1", pid: 12976, version: "2.6.12-1+deb12u1" });
  });

  test("another page is none", () => expect(parseIdentity("<html>nginx</html>", NOW)).toBeNull());
});

describe("the same process", () => {
  const one = { node: null, pid: 75, startedAt: NOW, version: "3.0.11" };
  test.each([
    ["itself, read a second later", { ...one, startedAt: NOW + 1_400 }, true],
    ["another pid", { ...one, pid: 76 }, false],
    ["the same pid, started at another time", { ...one, startedAt: NOW + 60_000 }, false],
    ["another version", { ...one, version: "2.6.12" }, false],
    ["a twin with a node name", { ...one, node: "node2" }, false],
  ])("%s", (_, other, same) => expect(sameProcess(one, other)).toBe(same));
});

const servers: Server[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve)))));

/** Serves a page on 127.0.0.1; the "VIP" is another loopback address on the same port where `listen` says so. */
async function page(body: string, listen: { host: string; port?: number }, status = 200): Promise<number> {
  const server = createServer((_, response) => response.writeHead(status).end(body));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(listen.port ?? 0, listen.host, resolve));
  return (server.address() as AddressInfo).port;
}

const target = (nodes: { name: string; stats: string }[]): VipTarget => ({
  address: "127.0.0.9",
  follows: "leader",
  scope: "demo",
  patroniPort: 8008,
  patroniTls: null,
  hosts: [],
  haproxy: { nodes: nodes.map((node) => ({ ...node, username: "admin", password: new Secret("x") })) },
  timeoutMs: 500,
});

const html = (pid: number, node?: string) =>
  `<h1>HAProxy version 3.0.11, released</h1><h2>Statistics Report for pid ${pid}${node ? ` on ${node}` : ""}</h2>
   <p><b>pid = </b> ${pid} (process #1)<br><b>uptime = </b> 0d 0h01m26s</p>`;

describe("the page behind the VIP", () => {
  test("is compared with each node's own", async () => {
    const port = await page(html(7), { host: "127.0.0.9" });
    await page(html(7), { host: "127.0.0.1", port });
    await page(html(8), { host: "127.0.0.2", port });
    const nodes = [1, 2].map((i) => ({ name: `node${i}`, stats: `http://127.0.0.${i}:${port}/;csv` }));
    expect(await askHaproxy(target(nodes))).toMatchObject({ ok: true, value: { sameAs: ["node1"] } });
  });

  test("of twins names both, as nothing tells them apart", async () => {
    const port = await page(html(7), { host: "127.0.0.9" });
    await page(html(7), { host: "127.0.0.1", port });
    await page(html(7), { host: "127.0.0.2", port });
    const nodes = [1, 2].map((i) => ({ name: `node${i}`, stats: `http://127.0.0.${i}:${port}/` }));
    expect(await askHaproxy(target(nodes))).toMatchObject({ ok: true, value: { sameAs: ["node1", "node2"] } });
  });

  test("of twins with node names names one", async () => {
    const port = await page(html(7, "b"), { host: "127.0.0.9" });
    await page(html(7, "a"), { host: "127.0.0.1", port });
    await page(html(7, "b"), { host: "127.0.0.2", port });
    const nodes = [1, 2].map((i) => ({ name: `node${i}`, stats: `http://127.0.0.${i}:${port}/` }));
    expect(await askHaproxy(target(nodes))).toMatchObject({ ok: true, value: { sameAs: ["node2"] } });
  });

  test("a refused password is named", async () => {
    const port = await page("", { host: "127.0.0.9" }, 401);
    const nodes = [{ name: "node1", stats: `http://127.0.0.1:${port}/` }];
    expect(await askHaproxy(target(nodes))).toMatchObject({ failure: { kind: "unauthorized" } });
  });

  test("with no node's page to compare with there is no evidence", async () => {
    const port = await page(html(7), { host: "127.0.0.9" });
    const nodes = [{ name: "node1", stats: `http://127.0.0.1:${port}/` }];
    expect(await askHaproxy(target(nodes))).toMatchObject({ failure: { kind: "failed" } });
  });

  test("without configured nodes the method does not apply", async () => {
    expect(await askHaproxy(target([]))).toMatchObject({ failure: { kind: "unsupported" } });
  });
});
