import { type AddressInfo, connect, createServer, type Server } from "node:net";
import { afterEach, beforeAll, expect, test } from "vitest";
import {
  credentials,
  ensureUp,
  type HostName,
  hostAddress,
  patronictl,
  readCluster,
  readTruth,
  SCOPE,
  settle,
  waitForTruth,
} from "@/lab/index";
import { PORTS } from "@/lab/settings";
import { Secret } from "@/lib/config/types";
import { memberName } from "@/lib/domain/ids";
import { callPatroni, type PatroniCall } from "./act";
import { getPatroniStatus } from "./client";

const originOf = (host: HostName) => `http://${hostAddress(host)}:${PORTS.patroni}`;
const access = (password = credentials().patroniRest) => ({
  username: "patroni",
  password: new Secret(password),
  timeoutMs: 3_000,
});

beforeAll(async () => {
  await ensureUp();
  await settle();
});
const relays: Server[] = [];
afterEach(async () => {
  for (const relay of relays.splice(0)) relay.close();
  await settle();
});

async function roles() {
  const { leaderKey } = await readTruth();
  const leader = readCluster().hosts.find((host) => host === leaderKey);
  const [replica, other] = readCluster().hosts.filter((host) => host !== leader);
  if (!leader || !replica || !other) throw new Error("no leader with two replicas");
  return { leader, replica, other };
}

async function systemId(): Promise<string> {
  const { leader } = await roles();
  const status = await getPatroniStatus(originOf(leader), { timeoutMs: 3_000 });
  return (status.ok && status.value.systemId) || "unknown";
}

const to = (
  host: HostName,
  path: PatroniCall["path"],
  body: Record<string, unknown> = {},
  more: Partial<PatroniCall> = {},
): PatroniCall => ({
  system: "patroni",
  id: `${path}:${host}`,
  member: memberName(host),
  origin: originOf(host),
  method: "POST",
  path,
  body,
  timeoutMs: 60_000,
  ...more,
});

/** A way to a member on which every request's first line is noted. */
async function listenedTo(host: HostName) {
  const requests: string[] = [];
  const server = createServer((from) => {
    const onward = connect(PORTS.patroni, hostAddress(host));
    from.once("data", (first) => requests.push(String(first).split("\r\n")[0] ?? ""));
    from.pipe(onward).pipe(from);
    for (const socket of [from, onward]) socket.on("error", () => undefined);
  });
  relays.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

test("reload, restart, pause with resume and a change taken back, each once with Patroni's own words", async () => {
  const { leader, replica } = await roles();
  const expected = { scope: SCOPE, systemId: await systemId() };
  const send = (call: PatroniCall) => callPatroni(call, expected, access());

  expect(await send(to(replica, "/reload"))).toMatchObject({ kind: "accepted", status: 202, text: "reload scheduled" });

  const before = await getPatroniStatus(originOf(replica), { timeoutMs: 3_000 });
  const restarted = await send(to(replica, "/restart"));
  expect(restarted).toMatchObject({ kind: "done", status: 200, text: "restarted successfully" });
  const after = await getPatroniStatus(originOf(replica), { timeoutMs: 3_000 });
  if (!before.ok || !after.ok) throw new Error("the replica does not answer");
  expect(after.value.postmasterStartTime).not.toBe(before.value.postmasterStartTime);

  const patch = (body: Record<string, unknown>) => send(to(leader, "/config", body, { method: "PATCH" }));
  expect(await patch({ pause: true })).toMatchObject({ kind: "done", status: 200, text: "OK" });
  await waitForTruth((truth) => truth.leaderKey === leader, { deadlineMs: 10_000, what: "the leader stays" });
  expect((await patronictl(leader, ["list", SCOPE])).stdout).toContain("Maintenance mode: on");
  expect(await patch({ pause: null })).toMatchObject({ kind: "done" });
  expect((await patronictl(leader, ["list", SCOPE])).stdout).not.toContain("Maintenance mode: on");

  const cancel = await send(to(leader, "/switchover", {}, { method: "DELETE" }));
  expect(cancel).toMatchObject({ kind: "refused", status: 404, text: "no switchover is scheduled" });
  const again = await send(to(leader, "/reinitialize"));
  expect(again).toMatchObject({ kind: "refused", status: 503, text: "I am the leader, can not reinitialize" });
  const same = await send(to(leader, "/switchover", { leader, candidate: leader }));
  expect(same).toMatchObject({ kind: "refused", status: 400 });
});

test("a switchover is done when Patroni says so, and says by whom", async () => {
  const { leader, replica } = await roles();
  const call = to(leader, "/switchover", { leader, candidate: replica });
  const answer = await callPatroni(call, { scope: SCOPE, systemId: await systemId() }, access());
  expect(answer).toMatchObject({ kind: "done", status: 200, member: replica });
  await waitForTruth((truth) => truth.leaderKey === replica, { deadlineMs: 10_000, what: "the candidate leads" });
});

test("to the wrong member, cluster or database nothing but the question is sent", async () => {
  const { leader, replica, other } = await roles();
  const id = await systemId();
  const startOf = async (host: HostName) => {
    const status = await getPatroniStatus(originOf(host), { timeoutMs: 3_000 });
    return status.ok && status.value.postmasterStartTime;
  };
  const before = await startOf(other);
  // Would delete the data of whichever member receives it.
  const wrong = await listenedTo(other);
  const astray = to(replica, "/reinitialize", {}, { origin: wrong.origin });
  expect(await callPatroni(astray, { scope: SCOPE, systemId: id }, access())).toMatchObject({
    kind: "not-sent",
    text: expect.stringContaining(`member "${other}", expected "${replica}"`),
  });
  const right = await listenedTo(leader);
  const failover = to(leader, "/failover", { candidate: replica }, { origin: right.origin });
  expect((await callPatroni(failover, { scope: "other", systemId: id }, access())).kind).toBe("not-sent");
  const elsewhere = { scope: SCOPE, systemId: "7000000000000000001" };
  expect((await callPatroni(failover, elsewhere, access())).kind).toBe("not-sent");
  expect([...wrong.requests, ...right.requests]).toEqual(Array(3).fill("GET /patroni HTTP/1.1"));
  expect((await readTruth()).leaderKey).toBe(leader);
  expect(await startOf(other)).toBe(before);
});

test("a wrong password is refused in Patroni's words, and changes nothing", async () => {
  const { leader, replica } = await roles();
  const expected = { scope: SCOPE, systemId: await systemId() };
  const answer = await callPatroni(to(leader, "/failover", { candidate: replica }), expected, access("wrong"));
  expect(answer).toMatchObject({ kind: "refused", status: 401, text: "not authenticated" });
  expect((await readTruth()).leaderKey).toBe(leader);
});

test("an answer that is awaited for too short a time is unknown, although it happens", async () => {
  const { leader, replica } = await roles();
  const call = to(leader, "/switchover", { leader, candidate: replica }, { timeoutMs: 150 });
  const answer = await callPatroni(call, { scope: SCOPE, systemId: await systemId() }, access());
  expect(answer).toMatchObject({ kind: "unknown", status: null });
  await waitForTruth((truth) => truth.leaderKey === replica, { deadlineMs: 30_000, what: "it happened all the same" });
});
