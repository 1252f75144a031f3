import type { NextFailure } from "../actions/plan";
import type { ClusterState } from "../cluster-state";
import { memberName } from "../ids";
import { predictFailures } from "../next-failure/predict";
import { buildSnapshot } from "../snapshot/build";
import {
  answer,
  type ClusterOptions,
  failing,
  haproxyFacts,
  healthyState,
  NOW,
  patchDcs,
  patchPatroni,
  patchPostgres,
} from "./builders";
import { NO_TAGS } from "./facts";
import { bareText } from "./samples";

/** Clusters on the eve of a failure, for tests of what is foretold. `node1` leads. */

export const MAXIMUM = 1_048_576;
export type Change = (state: ClusterState) => ClusterState;
export const asIs: Change = (state) => state;

export const pictureOf = (change: Change = asIs, options: ClusterOptions = {}) =>
  buildSnapshot(change(healthyState(options)), null, NOW, bareText);

export function foretold(change: Change, options: ClusterOptions, what: string): NextFailure {
  const all = predictFailures(pictureOf(change, options), MAXIMUM);
  const found = all.find(({ layer, subject }) => `${layer} ${subject}` === what);
  if (!found) throw new Error(`nothing is foretold of ${what}: ${all.map((one) => `${one.layer} ${one.subject}`)}`);
  return found;
}
export const why = ({ text }: NextFailure) => text.params.why;

/** Makes a replica trail the leader by as many bytes of received WAL, by the leader's own row for it. */
export const behind =
  (name: string, bytes: number): Change =>
  (state) =>
    patchPostgres(state, "node1", {
      senders: (state.postgres.node1?.good?.value.senders ?? []).map((row) =>
        row.applicationName === name ? { ...row, flushLagBytes: bytes, replayLagBytes: bytes } : row,
      ),
    });
export const configured =
  (config: Record<string, unknown>): Change =>
  (state) =>
    patchDcs(state, { config: { ttl: 30, loop_wait: 10, ...config } });
export const tagged =
  (names: readonly string[], tags: Partial<typeof NO_TAGS>): Change =>
  (state) =>
    patchDcs(
      names.reduce((s, name) => patchPatroni(s, name, { tags: { ...NO_TAGS, ...tags } }), state),
      {
        members: (state.dcs.good?.value.members ?? []).map((one) =>
          names.includes(one.name) ? { ...one, tags: { ...NO_TAGS, ...tags } } : one,
        ),
      },
    );
export const paused: Change = (state) => patchDcs(state, { pause: true });
export const synchronous =
  (standbys: readonly string[], more: Record<string, unknown> = {}): Change =>
  (state) =>
    configured({ synchronous_mode: true, ...more })(
      patchDcs(state, { sync: { leader: memberName("node1"), standbys } }),
    );
export const etcdDown =
  (...hosts: readonly number[]): Change =>
  (state) =>
    hosts.reduce((s, host) => failing(s, "dcsMembers", `http://10.0.0.${host}:2379`, "refused"), state);
export const chain =
  (...changes: readonly Change[]): Change =>
  (state) =>
    changes.reduce((s, change) => change(s), state);

export type Row = readonly [
  guarantee: string,
  change: Change,
  options: ClusterOptions,
  what: string,
  writes: NextFailure["writes"],
  leader: string | null,
  reason: string,
];

/** Node `name` in maintenance in every write pool. */
export function maintained(state: ClusterState, name: string): ClusterState {
  const names = state.roster.map((one) => one.name as string);
  const facts = haproxyFacts(names, ["node1"]);
  const pools = facts.pools.map((pool, at) => ({
    ...pool,
    servers: pool.servers.map((row) => (at === 0 && row.name === name ? { ...row, status: "maint" as const } : row)),
  }));
  return names.reduce((s, node) => answer(s, "haproxy", node, { ...facts, pools }), state);
}
