import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import {
  callPatroni,
  credentials,
  ensureUp,
  execAsPostgres,
  HOSTS,
  type HostName,
  hostAddress,
  PORTS,
  readTruth,
  service,
  settle,
  type Truth,
} from "@/lab/index";
import { Secret } from "@/lib/config/types";
import type { PostgresFacts } from "@/lib/domain/facts";
import { parseLsn } from "@/lib/domain/lsn";
import { createPostgresProbe } from "./client";
import type { Probe } from "./kept-connection";

const TIMEOUT_MS = 1_000;

let truth: Truth;
const probes: Probe<PostgresFacts>[] = [];

beforeAll(async () => {
  await ensureUp();
  truth = await settle();
});
afterEach(async () => {
  for (const probe of probes.splice(0)) await probe.close();
});
afterAll(async () => {
  await settle();
});

function probeOf(
  host: HostName,
  user = "matriarch",
  word = credentials().matriarch,
  onLost: () => void = () => undefined,
  applicationName = "matriarch",
) {
  const probe = createPostgresProbe({
    host: hostAddress(host),
    port: PORTS.postgres,
    user,
    password: new Secret(word),
    database: "postgres",
    sslmode: "prefer",
    ca: null,
    timeoutMs: TIMEOUT_MS,
    applicationName,
    onLost,
  });
  probes.push(probe);
  return probe;
}

async function factsOf(probe: Probe<PostgresFacts>): Promise<PostgresFacts> {
  const result = await probe.look();
  if (!result.ok) throw new Error(`${result.failure.kind}: ${result.failure.text}`);
  return result.value;
}

async function until(what: string, deadlineMs: number, met: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + deadlineMs;
  while (!(await met())) {
    if (Date.now() > deadline) throw new Error(`${what}: not within ${deadlineMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const leader = () => truth.writable[0] ?? "node1";
const replica = () => HOSTS.find((host) => host !== leader()) ?? "node2";

describe("a healthy cluster", () => {
  test.each(HOSTS)("%s: recovery, timeline and stream equal the truth", async (host) => {
    const [facts, now] = [await factsOf(probeOf(host)), (await readTruth()).hosts[host]];
    expect(facts).toMatchObject({
      inRecovery: now?.inRecovery,
      timeline: now?.timeline,
      canReadReplication: true,
      readOnlyDefault: false,
    });
    expect(facts.receiver?.status === "streaming").toBe(now?.receiverStreaming);
    expect(parseLsn(facts.lsn)).not.toBeNull();
    expect(facts.connections).toBeGreaterThan(0);
  });

  test.each(HOSTS)("%s: the postmaster's start is spelled as Patroni spells it, to the microsecond", async (host) => {
    const answer = await callPatroni(host, "GET", "/patroni");
    expect(JSON.stringify(answer)).toContain((await factsOf(probeOf(host))).postmasterStartTime);
  });

  test("the leader sends to every other member; a sender that has replayed all is 0 s behind", async () => {
    const others = HOSTS.filter((host) => host !== leader());
    const { senders, systemId } = await factsOf(probeOf(leader()));
    expect(senders.map(({ applicationName, state }) => [applicationName, state])).toEqual(
      others.map((host) => [host, "streaming"]),
    );
    for (const sender of senders) {
      if (sender.replayLagBytes === 0) expect(sender.replayLagSeconds).not.toBeNull();
    }
    for (const host of others) expect((await factsOf(probeOf(host))).systemId).toBe(systemId);
  });

  test("a role without pg_monitor is told so, and shows no sender and no receiver rather than empty ones", async () => {
    for (const host of [leader(), replica()]) {
      const facts = await factsOf(probeOf(host, "matriarch_bare", credentials().matriarchBare));
      expect(facts).toMatchObject({ canReadReplication: false, senders: [], receiver: null, connections: null });
      expect(facts.inRecovery).toBe(host !== leader());
      expect(facts.replayDelaySeconds).toBeNull();
    }
  });

  test("a wrong password is unauthorized; the text names the user and not the password", async () => {
    const result = await probeOf(replica(), "matriarch", "wrong-word").look();
    expect(result).toMatchObject({ ok: false, failure: { kind: "unauthorized" } });
    expect(JSON.stringify(result)).toContain("matriarch");
    expect(JSON.stringify(result)).not.toContain("wrong-word");
  });

  test("a change of the server's read-only default is seen after the reload, on the connection that was open before", async () => {
    const host = replica();
    const probe = probeOf(host);
    const psql = (text: string) => execAsPostgres(host, ["psql", "-XAtqc", text]);
    const isReadOnly = async (wanted: boolean) => (await factsOf(probe)).readOnlyDefault === wanted;
    await until("the default", 2_000, () => isReadOnly(false));
    try {
      await psql("ALTER SYSTEM SET default_transaction_read_only = on");
      await psql("SELECT pg_reload_conf()");
      await until("read only", 5_000, () => isReadOnly(true));
    } finally {
      await psql("ALTER SYSTEM RESET default_transaction_read_only");
      await psql("SELECT pg_reload_conf()");
    }
    await until("the default again", 5_000, () => isReadOnly(false));
  });

  test("many looks are one session, idle outside a transaction, whose last statement was the look", async () => {
    const probe = probeOf(replica(), "matriarch", credentials().matriarch, () => undefined, "matriarch-lab-test");
    for (let i = 0; i < 5; i++) await factsOf(probe);
    const sql =
      "SELECT count(*), min(state), bool_and(query LIKE '%json_build_object%') FROM pg_stat_activity WHERE application_name = 'matriarch-lab-test'";
    const seen = await execAsPostgres(replica(), ["psql", "-XAtqc", sql]);
    expect(seen.stdout.trim()).toBe("1|idle|t");
  });
});

describe("a faulty member", () => {
  test("frozen: kept and new connections give timeout within the limit, and recover after the thaw", async () => {
    const host = replica();
    const kept = probeOf(host);
    await factsOf(kept);
    await service("freeze", host, "postgres");
    try {
      for (const probe of [kept, probeOf(host)]) {
        const began = performance.now();
        expect(await probe.look()).toMatchObject({ ok: false, failure: { kind: "timeout" } });
        expect(performance.now() - began).toBeLessThan(TIMEOUT_MS + 250);
      }
    } finally {
      await service("thaw", host, "postgres");
    }
    await until("facts after the thaw", 10_000, async () => (await kept.look()).ok);
  });

  test("a killed server is told within 300 ms, and its own restart is starting-up or refused, never facts", async () => {
    const host = replica();
    let lostAt: number | null = null;
    const probe = probeOf(host, "matriarch", credentials().matriarch, () => {
      lostAt ??= performance.now();
    });
    const before = await factsOf(probe);
    await service("kill", host, "postgres");
    const goneAt = performance.now();
    await until("onLost", 300, () => lostAt !== null);
    expect((lostAt ?? Number.POSITIVE_INFINITY) - goneAt).toBeLessThan(300);
    const kinds = new Set<string>();
    const starts: string[] = [];
    await until("facts of the restarted server", 60_000, async () => {
      const result = await probe.look();
      if (result.ok) starts.push(result.value.postmasterStartTime);
      else kinds.add(result.failure.kind);
      return result.ok;
    });
    expect([...kinds].filter((kind) => !["refused", "starting-up", "reset"].includes(kind))).toEqual([]);
    expect(starts).toHaveLength(1);
    expect(starts).not.toContain(before.postmasterStartTime);
  });

  test("a session that an administrator terminates is told at once", async () => {
    let lost = 0;
    const probe = probeOf(replica(), "matriarch", credentials().matriarch, () => {
      lost += 1;
    });
    await until("facts", 20_000, async () => (await probe.look()).ok);
    const sql = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'matriarch'";
    await execAsPostgres(replica(), ["psql", "-XAtqc", sql]);
    await until("onLost", 300, () => lost === 1);
    expect((await probe.look()).ok).toBe(true);
  });
});
