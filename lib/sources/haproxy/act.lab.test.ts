import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { credentials, ensureUp, exec, type HostName, hostAddress, readCluster, settle } from "@/lab/index";
import { HAPROXY_SOCKET } from "@/lab/services/haproxy";
import { PORTS, READ_POOL } from "@/lab/settings";
import { Secret } from "@/lib/config/types";
import type { HaproxyServerState } from "@/lib/domain/actions/request";
import { type HaproxyActOptions, mayActOnHaproxy, setHaproxyServer } from "./act";
import { askRuntime, runtimeLevel } from "./runtime";

const NODE: HostName = "node1";
const SERVER = "node2";

const byPage = (password = credentials().haproxyStats): HaproxyActOptions => ({
  stats: `http://${hostAddress(NODE)}:${PORTS.stats}/`,
  username: "admin",
  password: new Secret(password),
  timeoutMs: 2_000,
  runtime: null,
});
const byRuntime = (): HaproxyActOptions => ({ ...byPage(), runtime: `${hostAddress(NODE)}:${PORTS.runtime}` });

beforeAll(async () => {
  await ensureUp();
  await settle();
});
afterEach(async () => {
  await set(byRuntime(), "ready");
});

const set = (options: HaproxyActOptions, state: HaproxyServerState, server = SERVER, pool = READ_POOL) =>
  setHaproxyServer({ system: "haproxy", id: "x", node: NODE, pool, server, state }, options);

/** The administrative state as HAProxy itself keeps it, by host: `srv_admin_state` of the pool's server. */
async function adminState(host: HostName, server = SERVER): Promise<number> {
  const command = `echo "show servers state ${READ_POOL}" | socat - ${HAPROXY_SOCKET}`;
  const perl = `perl -MIO::Socket::UNIX -e 'my $s=IO::Socket::UNIX->new(Peer=>"${HAPROXY_SOCKET}") or die; print $s "show servers state ${READ_POOL}\\n"; print while <$s>'`;
  const { stdout } = await exec(host, ["sh", "-c", `${perl} || ${command}`]);
  const row = stdout.split("\n").find((line) => line.includes(` ${server} `));
  return Number(row?.split(" ")[6]);
}

describe.each([
  ["the page's form", byPage],
  ["the runtime API", byRuntime],
])("by %s", (_, options) => {
  test("a server is drained, taken out and returned, on this HAProxy and on no other", async () => {
    expect(await mayActOnHaproxy(options())).toEqual({ ok: true, value: true });
    expect((await set(options(), "drain")).kind).toBe("done");
    expect((await adminState(NODE)) & 0x08).toBe(0x08);
    expect(await adminState("node3")).toBe(0);
    expect((await set(options(), "maint")).kind).toBe("done");
    expect((await adminState(NODE)) & 0x01).toBe(0x01);
    expect((await set(options(), "ready")).kind).toBe("done");
    expect(await adminState(NODE)).toBe(0);
    expect((await set(options(), "ready")).kind).toBe("done");
  });

  test("what this HAProxy does not have is not sent", async () => {
    expect(await set(options(), "drain", "node9")).toMatchObject({ kind: "not-sent" });
    expect(await set(options(), "drain", SERVER, "other_pool")).toMatchObject({ kind: "not-sent" });
    expect(await set(options(), "drain", `${SERVER} state maint; clear counters all`)).toMatchObject({
      kind: "not-sent",
    });
    for (const host of readCluster().hosts) expect(await adminState(NODE, host)).toBe(0);
  });
});

test("a wrong password is not enough to act", async () => {
  const answer = await set(byPage("wrong"), "drain");
  expect(answer).toMatchObject({ kind: "not-sent", text: expect.stringContaining("401") });
  expect(await mayActOnHaproxy(byPage("wrong"))).toMatchObject({ ok: false, failure: { kind: "unauthorized" } });
  expect(await adminState(NODE)).toBe(0);
});

test("the runtime API says its level, refuses in its own words, and takes one command", async () => {
  const address = byRuntime().runtime ?? "";
  expect(await runtimeLevel(address, 2_000)).toEqual({ ok: true, value: "admin" });
  const { result } = await askRuntime(address, `set server ${READ_POOL}/nobody state drain`, 2_000);
  expect(result.ok && result.value).toContain("No such server");
  expect(await askRuntime(address, "show info;show stat", 2_000)).toMatchObject({ sent: false });
  expect(await askRuntime(`${hostAddress(NODE)}:1`, "show info", 2_000)).toMatchObject({
    sent: false,
    result: { ok: false, failure: { kind: "refused" } },
  });
});
