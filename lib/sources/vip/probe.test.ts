import { createServer, type Server } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Server as TcpServer } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { probeVip } from "./probe";
import type { VipTarget } from "./types";

const servers: (Server | TcpServer)[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve)))));

async function listen(server: Server | TcpServer): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.9", resolve));
  return (server.address() as AddressInfo).port;
}

const target = (patroniPort: number): VipTarget => ({
  address: "127.0.0.9",
  follows: "leader",
  scope: "demo",
  patroniPort,
  patroniTls: null,
  hosts: [],
  haproxy: null,
  timeoutMs: 200,
});

describe("probeVip", () => {
  test("Patroni behind the VIP names the holder; what failed beside it is kept as data", async () => {
    const body =
      '{"state":"running","postmaster_start_time":"2026-11-21 01:43:58.983120+00:00","patroni":{"scope":"demo","name":"pg2"}}';
    const port = await listen(createServer((_, response) => response.end(body)));
    const seen = await probeVip(target(port));
    expect(seen).toMatchObject({ ok: true, value: { address: "127.0.0.9" } });
    const probes = seen.ok ? seen.value.probes : [];
    expect(probes.map(({ method }) => method)).toEqual(["patroni", "neighbour"]);
    expect(probes[0]).toMatchObject({ evidence: { memberName: "pg2", scope: "demo" }, failure: null });
    expect(probes[1]?.evidence).toBeNull();
  });

  test("without any evidence the look failed, for the most trusted method's reason", async () => {
    const port = await listen(createServer());
    const server = servers.pop();
    await new Promise((resolve) => server?.close(resolve));
    expect(await probeVip(target(port))).toMatchObject({ ok: false, failure: { kind: "refused" } });
  });

  test("a hung holder is a time-out, within the limit", async () => {
    const port = await listen(createTcpServer((socket) => socket.resume()));
    const started = performance.now();
    expect(await probeVip(target(port))).toMatchObject({ ok: false, failure: { kind: "timeout" } });
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  test("a hung HAProxy node does not hold up what Patroni has already told", async () => {
    const body = '{"state":"running","patroni":{"scope":"demo","name":"pg2"}}';
    const port = await listen(createServer((_, response) => response.end(body)));
    const hung = await listen(createTcpServer((socket) => socket.resume()));
    const node = { name: "n1", stats: `http://127.0.0.9:${hung}/`, username: null, password: null };
    const started = performance.now();
    const seen = await probeVip({ ...target(port), haproxy: { nodes: [node] }, timeoutMs: 5_000 });
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(seen).toMatchObject({
      ok: true,
      value: { probes: [{ evidence: { memberName: "pg2" } }, {}, { evidence: null }] },
    });
  });
});
