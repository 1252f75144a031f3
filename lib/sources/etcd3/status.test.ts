import { afterEach, describe, expect, test } from "vitest";
import { Secret } from "@/lib/config/types";
import { getEtcdStatus, listEtcdMembers } from "./status";
import { type FakeEtcd, type Faults, startFakeEtcd } from "./testing/fake-etcd";

const members: FakeEtcd[] = [];
afterEach(() => Promise.all(members.splice(0).map((member) => member.stop())));

async function member(faults: Partial<Faults> = {}): Promise<FakeEtcd> {
  const etcd = await startFakeEtcd();
  members.push(etcd);
  etcd.set(faults);
  return etcd;
}

const options = { timeoutMs: 500 };

describe("getEtcdStatus", () => {
  test("one member's own words, with its name from the member list", async () => {
    const { endpoint } = await member();
    expect(await getEtcdStatus(endpoint, options)).toEqual({
      ok: true,
      value: {
        endpoint,
        name: "e1",
        memberId: "42",
        leaderId: "42",
        isLeader: true,
        isLearner: false,
        raftTerm: "2",
        version: "3.5.16",
        dbSizeBytes: 20_480,
        dbSizeInUseBytes: 12_288,
        dbQuotaBytes: null,
        raftBacklog: 2,
        alarms: ["NOSPACE"],
        errors: [],
      },
    });
  });

  test("not permitted is said so: the member is not down", async () => {
    const { endpoint } = await member({ statusForbidden: true });
    const answer = await getEtcdStatus(endpoint, { ...options, username: "ro", password: new Secret("x") });
    expect(answer).toMatchObject({ failure: { kind: "forbidden", text: expect.stringContaining("may not ask") } });
  });

  test("credentials are used only where they are asked for: checking them is costly", async () => {
    const [open, closed] = [await member(), await member({ password: "p" })];
    const access = { ...options, username: "ro", password: new Secret("p") };
    expect(await getEtcdStatus(open.endpoint, access)).toMatchObject({ ok: true });
    expect(await getEtcdStatus(closed.endpoint, access)).toMatchObject({ ok: true, value: { name: "e1" } });
    expect([open.seen.logins, closed.seen.logins]).toEqual([0, 1]);
  });

  test("a frozen member is a time-out, within the deadline", async () => {
    const { endpoint } = await member({ frozen: true });
    const started = performance.now();
    expect(await getEtcdStatus(endpoint, options)).toMatchObject({ failure: { kind: "timeout" } });
    expect(performance.now() - started).toBeLessThan(1_500);
  });

  test("a stopped member refuses", async () => {
    const etcd = await member();
    await etcd.stop();
    expect(await getEtcdStatus(etcd.endpoint, options)).toMatchObject({ failure: { kind: "refused" } });
  });

  test("an abort ends the call", async () => {
    const { endpoint } = await member({ frozen: true });
    const answer = await getEtcdStatus(endpoint, { timeoutMs: 5_000, signal: AbortSignal.timeout(50) });
    expect(answer).toMatchObject({ failure: { kind: "aborted" } });
  });
});

describe("listEtcdMembers", () => {
  test("from the first endpoint that answers; a member that never started is left out", async () => {
    const [dead, alive] = [await member(), await member()];
    await dead.stop();
    expect(await listEtcdMembers([dead.endpoint, alive.endpoint], options)).toEqual({
      ok: true,
      value: [{ name: "e1", clientUrls: ["http://10.0.0.1:2379"] }],
    });
  });
});
