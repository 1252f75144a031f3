import type { ClusterState } from "../cluster-state";
import type { PgbouncerFacts } from "../facts";
import { type Instant, memberName } from "../ids";
import type { Message } from "../message";
import type { Snapshot } from "../snapshot";
import { buildSnapshot } from "../snapshot/build";
import {
  answer,
  type ClusterOptions,
  cutHost,
  failing,
  failingDcs,
  haproxyFacts,
  healthyState,
  keyTo,
  NOW,
  patchDcs,
  patchPatroni,
  patchPostgres,
  routes,
  vipNowhere,
  vipOn,
} from "./builders";

/** Realistic pictures of whole clusters, made by the real rules: for tests of what is drawn from them. */

export const SAMPLE_KINDS = [
  "healthy",
  "healthy-vip-on-haproxy",
  "starting",
  "handover",
  "promoting",
  "no-leader",
  "paused-no-leader",
  "split",
  "misrouted",
  "pool-empty",
  "vip-elsewhere",
  "vip-nowhere",
  "leader-unreachable",
  "dcs-no-quorum",
  "replica-cut-off",
  "disagree",
  "blind",
  "one-member",
  "seven-long-names",
  "patroni-only",
] as const;
export type SampleKind = (typeof SAMPLE_KINDS)[number];

/** The moment that each sample is a picture of. */
export const SAMPLE_NOW = NOW + 60_000;

export type SampleOptions = ClusterOptions & {
  readonly version?: number;
  readonly english?: (text: Message) => string;
};

/** A stand-in where no translation is at hand: the message's key and its values. */
export const bareText = (text: Message): string => `${text.key} ${JSON.stringify(text.params)}`;

const LONG_NAMES = [
  "pg-erp-production-moscow-dc1-rack07-01",
  "pg-erp-production-moscow-dc1-rack07-02",
  "pg-erp-production-moscow-dc1-rack09-10",
  "pg-erp-production-moscow-dc2-rack01-01",
  "pg-erp-production-moscow-dc2-rack01-02",
  "pg-erp-production-kazan-dc1-rack02-01",
  "pg-erp-production-kazan-dc1-rack02-02",
];

/** The snapshot of a situation, with a past: a minute before, the cluster was healthy. */
export function sampleSnapshot(kind: SampleKind = "healthy", options: SampleOptions = {}): Snapshot {
  const { version = 1, english = bareText } = options;
  const now = options.now ?? SAMPLE_NOW;
  const settings = { ...OPTIONS[kind], ...options };
  const build = (state: ClusterState, previous: Snapshot | null, at: number): Snapshot => ({
    ...buildSnapshot(state, previous, at, english),
    version,
  });
  if (kind === "starting") return build(startingState(settings), null, now);
  const before = build(healthyState({ ...settings, now: now - 60_000 }), null, now - 60_000);
  return build(sampleState(kind, { ...settings, now }), before, now);
}

const OPTIONS: Partial<Record<SampleKind, ClusterOptions>> = {
  "healthy-vip-on-haproxy": { vip: "haproxy" },
  "one-member": { names: ["solo"] },
  "seven-long-names": { names: LONG_NAMES },
  "patroni-only": { haproxy: false, pgbouncer: false, postgres: false, vip: null },
};

function startingState(options: ClusterOptions): ClusterState {
  const state = healthyState(options);
  const nothing = { good: null, last: null, failures: 0 } as const;
  const vip = state.vip && { ...state.vip, ...nothing };
  const none = {
    dcsMembers: {},
    patroni: {},
    postgres: {},
    vitals: {},
    sizes: {},
    pgbouncer: {},
    haproxy: {},
    backups: {},
    basebackups: {},
  };
  return { ...state, roster: [], dcs: { ...state.dcs, ...nothing }, vip, ...none };
}

/** What would be remembered in each situation, a minute after all was well. `node1` leads before. */
export function sampleState(kind: SampleKind, options: ClusterOptions = {}): ClusterState {
  const now = options.now ?? SAMPLE_NOW;
  const names = options.names ?? OPTIONS[kind]?.names ?? ["node1", "node2", "node3"];
  const state = healthyState({ ...OPTIONS[kind], ...options, now });
  const [a, b] = [names[0] ?? "node1", names[1] ?? names[0] ?? "node2"];
  return CHANGE[kind](state, a, b, now);
}

type Change = (state: ClusterState, a: string, b: string, now: number) => ClusterState;

const asIs: Change = (state) => state;

const CHANGE: Readonly<Record<SampleKind, Change>> = {
  healthy: asIs,
  "healthy-vip-on-haproxy": (state, _a, b) => vipOn(state, b),
  starting: (state) => startingState({ names: state.roster.map((r) => r.name) }),
  "one-member": asIs,
  "seven-long-names": asIs,
  "patroni-only": asIs,
  handover: (state, a, b) => {
    const failover = { leader: memberName(a), candidate: memberName(b), scheduledAt: null, modRevision: "1040" };
    return patchDcs(state, { failover });
  },
  promoting: (state, a, b) => {
    const demoted = patchPatroni(patchPostgres(state, a, { inRecovery: true }), a, {
      role: "replica",
      state: "starting",
    });
    return keyTo(failing(demoted, "postgres", a, "refused"), b, "1044");
  },
  "no-leader": (state, a) => noRoute(keyTo(closed(failing(state, "postgres", a, "refused"), a), null, "1044")),
  "paused-no-leader": (state, a) =>
    noRoute(keyTo(patchDcs(failing(closed(state, a), "postgres", a, "refused"), { pause: true }), null, "1044")),
  split: (state, _a, b) => {
    const open = patchPostgres(state, b, { inRecovery: false, timeline: 8, senders: [], receiver: null });
    return patchPatroni(open, b, { role: "primary", timeline: 8 });
  },
  misrouted: (state, a, b) => routes(state, a, [b]),
  "pool-empty": (state, a) => routes(state, a, []),
  "vip-elsewhere": (state, _a, b) => vipOn(state, b),
  "vip-nowhere": (state) => vipNowhere(state),
  "leader-unreachable": (state, a) => vipNowhere(cutHost(state, a)),
  "dcs-no-quorum": (state) => failingDcs(state, "no-quorum"),
  "replica-cut-off": (state, _a, b) => {
    const view = state.dcs.good?.value.members.filter((m) => m.name !== b) ?? [];
    const gone = patchDcs(cutHost(state, b), { members: view });
    return answer(gone, "dcsMembers", "http://10.0.0.1:2379", (was) => was);
  },
  disagree: (state, a) =>
    answer(state, "pgbouncer", a, (was: PgbouncerFacts) => ({
      ...was,
      databases: was.databases.map((d) => ({ ...d, paused: true })),
    })),
  blind: (state, _a, _b, now) => aged(state, now - 55_000),
};

function closed(state: ClusterState, name: string): ClusterState {
  return patchPatroni(state, name, { role: "replica", state: "stopped", clusterUnlocked: true });
}

function noRoute(state: ClusterState): ClusterState {
  const names = state.roster.map((r) => r.name as string);
  return Object.keys(state.haproxy).reduce((s, node) => answer(s, "haproxy", node, haproxyFacts(names, [])), state);
}

/** As if nothing had answered since `at`. */
function aged(state: ClusterState, at: number): ClusterState {
  const age = <L extends { good: unknown; last: unknown }>(look: L): L =>
    ({
      ...look,
      good: look.good && { ...(look.good as object), at },
      last: { at: at + 54_000, tookMs: 1_500, failure: { kind: "timeout", text: "timed out" } },
      failures: 20,
    }) as L;
  const room = <T>(looks: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(looks).map(([k, v]) => [k, age(v as T & { good: unknown; last: unknown })]));
  return {
    ...state,
    dcs: age(state.dcs),
    vip: state.vip && age(state.vip),
    dcsMembers: room(state.dcsMembers),
    patroni: room(state.patroni),
    postgres: room(state.postgres),
    pgbouncer: room(state.pgbouncer),
    haproxy: room(state.haproxy),
  };
}

/** An instant that many ms before the sample's moment. */
export const ago = (ms: number): Instant => new Date(SAMPLE_NOW - ms).toISOString() as Instant;
