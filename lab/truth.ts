import { LabError } from "./errors";
import { holdsVip, isLinkUp } from "./network";
import { askLeaderKey, askMember, type LeaderKey } from "./probes/etcd";
import { askHaproxy, parsePools } from "./probes/haproxy";
import { type PostgresFacts, PsqlProbe } from "./probes/psql";
import { askRelay, RELAYS } from "./probes/relay";
import { classify, pidNamespace, processesByNamespace, serviceState } from "./processes";
import { sleep } from "./run";
import { HAPROXY_SOCKET } from "./services/haproxy";
import { etcdHosts, type HostName, hostAddress, SERVICES } from "./settings";
import { hostPid, readCluster } from "./state";
import type { Truth, TruthHost } from "./truth-types";

const PATRONI_EVERY_MS = 1000;
const PATRONI_FRESH_MS = 2500;
/** The longest any one question is kept open; a question still open is not asked a second time. */
const QUESTION_MS = 3000;

/** A question that may outlive a sample: each sample gets the answer if it comes in time, or null. */
class Question<T> {
  private open: Promise<T | null> | null = null;
  private readonly ask: () => Promise<T | null>;

  constructor(ask: () => Promise<T | null>) {
    this.ask = ask;
  }

  /** An answer to a question asked in an earlier sample is thrown away: it describes another moment. */
  within(boundMs: number): Promise<T | null> {
    if (this.open !== null) return Promise.resolve(null);
    const asked = this.ask().finally(() => {
      this.open = null;
    });
    this.open = asked;
    let timer: NodeJS.Timeout | undefined;
    const bound = new Promise<null>((resolve) => {
      timer = setTimeout(() => resolve(null), boundMs);
    });
    return Promise.race([asked, bound]).finally(() => clearTimeout(timer));
  }
}

class HostSampler {
  readonly psql: PsqlProbe;
  private readonly postgres: Question<PostgresFacts>;
  private readonly haproxy: Question<string>;
  private readonly member: Question<NonNullable<TruthHost["etcd"]>>;
  private readonly leaderKey: Question<LeaderKey>;
  private readonly namespace: string;
  private readonly host: HostName;
  private readonly pid: number;
  private readonly hasEtcd: boolean;
  private role = { value: null as string | null, at: 0, askedAt: 0 };

  constructor(host: HostName, hasEtcd: boolean) {
    this.host = host;
    this.hasEtcd = hasEtcd;
    this.pid = hostPid(host);
    this.namespace = pidNamespace(this.pid);
    this.psql = new PsqlProbe(this.pid);
    this.postgres = new Question(() => this.psql.ask());
    this.haproxy = new Question(() => askHaproxy(this.inside(HAPROXY_SOCKET), "show stat", QUESTION_MS));
    this.member = new Question(() => askMember(this.inside(RELAYS.etcd), QUESTION_MS));
    this.leaderKey = new Question(() => askLeaderKey(this.inside(RELAYS.etcd), QUESTION_MS));
  }

  private inside(file: string): string {
    return `/proc/${this.pid}/root${file}`;
  }

  async sample(
    processes: ReturnType<typeof processesByNamespace>,
    boundMs: number,
  ): Promise<{ host: TruthHost; leaderKey: LeaderKey | null }> {
    const rows = classify(processes.get(this.namespace) ?? []);
    const present = SERVICES.filter((service) => service !== "etcd" || this.hasEtcd);
    const services = Object.fromEntries(present.map((service) => [service, serviceState(rows[service])]));
    const running = (service: string) => services[service] === "running";
    const ask = <T>(question: Question<T>, wanted: boolean) => (wanted ? question.within(boundMs) : null);
    const [facts, stat, etcd, leaderKey, patroniRole] = await Promise.all([
      ask(this.postgres, running("postgres")),
      ask(this.haproxy, running("haproxy")),
      ask(this.member, running("etcd")),
      ask(this.leaderKey, running("etcd")),
      this.patroniRole(running("patroni"), boundMs),
    ]);
    const host: TruthHost = {
      address: hostAddress(this.host),
      reachable: isLinkUp(this.host),
      inRecovery: facts?.inRecovery ?? null,
      timeline: facts?.timeline ?? null,
      receiverStreaming: facts?.receiverStreaming ?? null,
      vip: holdsVip(this.pid),
      services,
      haproxy: stat === null ? null : parsePools(stat),
      etcd,
      patroniRole,
      lsn: facts?.lsn ?? null,
    };
    return { host, leaderKey };
  }

  /** Patroni's REST answers `/patroni` with a query of its own and few workers: once a second is enough. */
  private async patroniRole(running: boolean, boundMs: number): Promise<string | null> {
    if (!running) return null;
    const now = Date.now();
    if (now - this.role.askedAt >= PATRONI_EVERY_MS) {
      this.role.askedAt = now;
      const first = this.role.at === 0;
      const asked = askRelay(this.inside(RELAYS.patroni), "/patroni", QUESTION_MS).then((answer) => {
        if (typeof answer?.role === "string") this.role = { ...this.role, value: answer.role, at: Date.now() };
      });
      if (first) await Promise.race([asked, sleep(boundMs)]);
    }
    return Date.now() - this.role.at <= PATRONI_FRESH_MS ? this.role.value : null;
  }
}

/** Observes all hosts of the running lab at once. `close` it, or its psql processes keep Node alive. */
export class TruthSampler {
  private readonly samplers: [HostName, HostSampler][];

  constructor() {
    const { hosts } = readCluster();
    const members = etcdHosts(hosts);
    this.samplers = hosts.map((host) => [host, new HostSampler(host, members.includes(host))]);
  }

  async sample(boundMs: number): Promise<Truth> {
    const at = new Date().toISOString();
    const processes = processesByNamespace();
    const parts = await Promise.all(
      this.samplers.map(async ([name, sampler]) => ({ name, ...(await sampler.sample(processes, boundMs)) })),
    );
    let key: LeaderKey | null = null;
    for (const { leaderKey } of parts) {
      if (leaderKey !== null && (key === null || leaderKey.storeRevision > key.storeRevision)) key = leaderKey;
    }
    return {
      at,
      hosts: Object.fromEntries(parts.map(({ name, host }) => [name, host])) as Truth["hosts"],
      leaderKey: key?.holder ?? null,
      leaderKeyRevision: key?.modRevision ?? null,
      vipHolders: parts.filter(({ host }) => host.vip === true).map(({ name }) => name),
      writable: parts.filter(({ host }) => host.inRecovery === false).map(({ name }) => name),
    };
  }

  close(): void {
    for (const [, sampler] of this.samplers) sampler.psql.close();
  }
}

/** One observation. */
export async function readTruth(boundMs = 2000): Promise<Truth> {
  const sampler = new TruthSampler();
  try {
    return await sampler.sample(boundMs);
  } finally {
    sampler.close();
  }
}

/**
 * Observes on a fixed beat until the returned function is called. A host that does not answer costs the
 * sample at most four fifths of the beat, and never more than a second.
 */
export function followTruth(everyMs: number, onSample: (truth: Truth) => void): () => void {
  const sampler = new TruthSampler();
  const boundMs = Math.min(1000, Math.max(100, everyMs * 0.8));
  let stopped = false;
  const loop = async () => {
    for (let next = Date.now(); !stopped; next += everyMs) {
      const truth = await sampler.sample(boundMs);
      if (stopped) return;
      onSample(truth);
      // A late sample moves the beat; catching up would bunch samples together.
      next = Math.max(next, Date.now() - everyMs);
      await sleep(Math.max(0, next + everyMs - Date.now()));
    }
  };
  void loop().catch((error: unknown) => {
    if (!stopped) throw error;
  });
  return () => {
    stopped = true;
    sampler.close();
  };
}

export interface WaitOptions {
  deadlineMs: number;
  /** What is waited for, in words; it becomes the error's message. */
  what: string;
  everyMs?: number;
}

/** Waits until a sample satisfies the predicate; the error tells what was waited for and the last sample seen. */
export function waitForTruth(predicate: (truth: Truth) => boolean, options: WaitOptions): Promise<Truth> {
  return new Promise((resolve, reject) => {
    let last: Truth | null = null;
    const end = (settle: () => void) => {
      clearTimeout(timer);
      stop();
      settle();
    };
    // Before the timer: when there is no lab this throws, and no timer must be left behind.
    const stop = followTruth(options.everyMs ?? 250, (truth) => {
      last = truth;
      try {
        if (predicate(truth)) end(() => resolve(truth));
      } catch (error) {
        end(() => reject(error));
      }
    });
    const timer = setTimeout(() => {
      const message = `${options.what}: not within ${options.deadlineMs / 1000} s; last seen: ${JSON.stringify(last)}`;
      end(() => reject(new LabError("timeout", message)));
    }, options.deadlineMs);
  });
}
