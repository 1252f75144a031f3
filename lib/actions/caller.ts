import type { ClusterConfig } from "@/lib/config/types";
import type { Call } from "@/lib/domain/actions/call";
import type { CallAnswer } from "@/lib/domain/actions/operation";
import type { ClusterState } from "@/lib/domain/cluster-state";
import type { ClusterScope, MemberName } from "@/lib/domain/ids";
import { setHaproxyServer } from "@/lib/sources/haproxy/act";
import { callPatroni } from "@/lib/sources/patroni/act";
import { callPgbouncer } from "@/lib/sources/pgbouncer/act";
import { signalBackend } from "@/lib/sources/postgres/signal";
import { answering } from "@/lib/sources/shared/call-answer";
import type { Caller } from "./types";

type StateOf = (scope: ClusterScope) => ClusterState | null;
type Target = { readonly config: ClusterConfig; readonly state: ClusterState; readonly signal: AbortSignal };

/**
 * Sends calls to the systems of the configured clusters: addresses from the roster, credentials from the configuration. What has no
 * address or no credentials here is `not-sent`, and says why.
 */
export function createCaller(clusters: readonly ClusterConfig[], stateOf: StateOf): Caller {
  const configs = new Map(clusters.map((config) => [config.scope, config]));
  return {
    async send(scope, call, signal) {
      const config = configs.get(scope);
      const state = stateOf(scope);
      if (!config || !state) return unsent(call, `cluster ${scope} is not watched`);
      return dispatch(call, { config, state, signal });
    },
  };
}

function dispatch(call: Call, target: Target): Promise<CallAnswer> | CallAnswer {
  switch (call.system) {
    case "patroni":
      return toPatroni(call, target);
    case "postgres":
      return toPostgres(call, target);
    case "haproxy":
      return toHaproxy(call, target);
    case "pgbouncer":
      return toPgbouncer(call, target);
  }
}

type CallOf<S extends Call["system"]> = Extract<Call, { readonly system: S }>;

function toPatroni(call: CallOf<"patroni">, { config, state, signal }: Target) {
  const { username, password, tls, timeoutMs } = config.patroni;
  const apiUrl = entryOf(state, call.member)?.apiUrl ?? null;
  if (apiUrl !== call.origin)
    return unsent(call, `${call.member} publishes ${apiUrl ?? "no address"}, not ${call.origin}`);
  const expected = { scope: config.scope, systemId: state.dcs.good?.value.systemId ?? null };
  return callPatroni(call, expected, { username, password, tls, timeoutMs, signal });
}

function toPostgres(call: CallOf<"postgres">, { config, state, signal }: Target) {
  const { postgres } = config;
  const entry = entryOf(state, call.member);
  if (!postgres) return unsent(call, "no access to PostgreSQL is configured");
  if (!entry || entry.host === null || entry.port === null) return unsent(call, `${call.member} publishes no address`);
  return signalBackend(call, { ...postgres, host: entry.host, port: entry.port }, postgres.timeoutMs, signal);
}

function toHaproxy(call: CallOf<"haproxy">, { config, signal }: Target) {
  const node = config.haproxy?.nodes.find(({ name }) => name === call.node);
  if (!config.haproxy || !node) return unsent(call, `no HAProxy node ${call.node} is configured`);
  return setHaproxyServer(call, { ...node, timeoutMs: config.haproxy.timeoutMs, signal });
}

function toPgbouncer(call: CallOf<"pgbouncer">, { config, state, signal }: Target) {
  const { pgbouncer } = config;
  const host = entryOf(state, call.member)?.host ?? null;
  if (!pgbouncer) return unsent(call, "no access to PgBouncer is configured");
  if (host === null) return unsent(call, `${call.member} publishes no address`);
  const { user, password } = pgbouncer.admin ?? pgbouncer;
  return callPgbouncer(call, { host, port: pgbouncer.port, user, password, timeoutMs: pgbouncer.timeoutMs, signal });
}

const entryOf = (state: ClusterState, member: MemberName) => state.roster.find(({ name }) => name === member) ?? null;

const unsent = (call: Call, why: string): CallAnswer => answering(`${call.system} ${call.id}`)("not-sent", why);
