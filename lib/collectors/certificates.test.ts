import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Certificate } from "@/lib/domain/certificates/facts";
import type { RosterEntry } from "@/lib/domain/cluster-state";
import { memberName } from "@/lib/domain/ids";
import { type Observation, ok } from "@/lib/domain/observation";
import { certificate } from "@/lib/domain/testing/server";
import type { CertificateProbe } from "@/lib/sources/certificate/probe";
import type { Beat } from "./beat";
import {
  CERTIFICATE_INTERVAL_MS,
  memberCertificateTargets,
  startCertificates,
  startMemberCertificates,
} from "./certificates";
import type { Desk } from "./desk";

const START = Date.UTC(2026, 10, 21);
beforeEach(() => void vi.useFakeTimers({ now: START }));
const beats: Beat[] = [];
afterEach(() => {
  for (const beat of beats.splice(0)) beat.stop();
  vi.useRealTimers();
});

const CONFIG = {
  dcs: { kind: "etcd3", endpoints: ["https://10.0.0.1:2379", "http://10.0.0.2:2379"], tls: null },
  patroni: { tls: null },
  postgres: {},
  pgbouncer: { port: 6432 },
  haproxy: {
    nodes: [
      { name: "lb1", stats: "https://lb1.example.org/stats" },
      { name: "lb2", stats: "http://lb2/" },
    ],
  },
};
const NODE1: RosterEntry = {
  name: memberName("node1"),
  host: "10.0.0.1",
  port: 5432,
  apiUrl: "https://[fd00::1]:8008",
  firstSeenAt: 0,
  lastInDcsAt: 0,
};

/** Everything that is started, and what it asked for, with the time since the start in seconds. */
function start(entry: RosterEntry | null, chain: readonly Certificate[] = [], config: object = CONFIG) {
  const asked: { what: string; at: number; probe: CertificateProbe }[] = [];
  const seen: Observation<unknown>[] = [];
  const expected: string[] = [];
  const desk = {
    config,
    expect: (_room: string, _source: string, target: string) => expected.push(target),
    see: (_room: string, one: Observation<unknown>) => seen.push(one),
  } as unknown as Desk;
  const read = async (probe: CertificateProbe) => {
    asked.push({ what: `${probe.service} ${probe.host}:${probe.port}`, at: (Date.now() - START) / 1_000, probe });
    return ok({ service: probe.service, address: `${probe.host}:${probe.port}`, chain });
  };
  const started = entry ? startMemberCertificates(desk, entry, read) : startCertificates(desk, read);
  beats.push(...started);
  const wake = () => {
    for (const beat of started) beat.wake();
  };
  return { asked, seen, expected, wake };
}
const times = (asked: readonly { at: number }[]) => asked.map(({ at }) => Math.round(at));

describe("what is looked at", () => {
  test("of a member: Patroni over TLS, and whether PostgreSQL and PgBouncer offer it; each of which is forgotten with it", async () => {
    const { asked, expected } = start(NODE1);
    await vi.advanceTimersByTimeAsync(1);
    expect(asked.map(({ what, probe }) => `${what} ${probe.opening}`)).toEqual([
      "patroni fd00::1:8008 tls",
      "postgres 10.0.0.1:5432 postgres",
      "pgbouncer 10.0.0.1:6432 postgres",
    ]);
    expect(expected).toEqual(memberCertificateTargets("node1"));
  });

  test("nothing over plain HTTP, nothing that is not configured, and no address that is not known", async () => {
    const bare = { ...CONFIG, postgres: null, pgbouncer: null };
    const started = [
      start({ ...NODE1, apiUrl: "http://10.0.0.1:8008" }, [], bare),
      start({ ...NODE1, apiUrl: null, host: null }),
    ];
    await vi.advanceTimersByTimeAsync(1);
    expect(started.flatMap(({ asked }) => asked)).toEqual([]);
  });

  test("etcd and HAProxy's statistics where they are asked over TLS", async () => {
    const { asked, expected } = start(null);
    await vi.advanceTimersByTimeAsync(1);
    expect(asked.map(({ what }) => what)).toEqual(["etcd 10.0.0.1:2379", "haproxy lb1.example.org:443"]);
    expect(expected).toEqual(["etcd/10.0.0.1:2379", "haproxy/lb1"]);
  });
});

describe("when it is looked at", () => {
  const one = { ...CONFIG, pgbouncer: null };
  const postgres = { ...NODE1, apiUrl: null };

  test("at once, then hourly", async () => {
    const { asked } = start(postgres, [certificate(300, {}, START)], one);
    await vi.advanceTimersByTimeAsync(CERTIFICATE_INTERVAL_MS * 0.85);
    expect(asked.length).toBe(1);
    await vi.advanceTimersByTimeAsync(CERTIFICATE_INTERVAL_MS * 0.3);
    expect(asked.length).toBe(2);
  });

  test("each minute while it is about to end, for it is about to be renewed", async () => {
    const { asked } = start(postgres, [certificate(300, {}, START), certificate(2, {}, START)], one);
    await vi.advanceTimersByTimeAsync(150_000);
    expect(times(asked)).toEqual([0, 60, 120]);
  });

  test("once after a burst of news, when what was restarted is there again; a second burst is not lost, and waits", async () => {
    const { asked, wake } = start(postgres, [], one);
    await vi.advanceTimersByTimeAsync(5_000);
    for (let i = 0; i < 20; i++) {
      wake();
      await vi.advanceTimersByTimeAsync(100);
    }
    await vi.advanceTimersByTimeAsync(13_000);
    expect(times(asked)).toEqual([0, 15]);
    wake();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(times(asked)).toEqual([0, 15, 75]);
  });
});
