import type { DcsView } from "@/lib/domain/facts";
import { fail, type Observation, type Result, type SourceFailure } from "@/lib/domain/observation";
import { runEtcdSession } from "@/lib/sources/etcd3/session";
import { getEtcdStatus, listEtcdMembers } from "@/lib/sources/etcd3/status";
import { getPatroniCluster } from "@/lib/sources/patroni/client";
import { type Beat, startBeat } from "./beat";
import type { Desk } from "./desk";
import { DCS_HEARTBEAT_MS, DCS_MEMBER_INTERVAL_MS } from "./state";

/** Deadline of one etcd call, in ms. */
const ETCD_TIMEOUT_MS = 2_000;
/**
 * A session with one etcd member that ends is replaced by one with another within this time; only then is the view said to
 * be lost. Its age is on the screen meanwhile.
 */
const GRACE_MS = 1_500;
/** How often etcd's own member list is read again, in ms: members are added and replaced. */
const MEMBER_LIST_MS = 30_000;

/** Starts whatever stands for the DCS: an etcd session with each member's status, or Patroni's `/cluster` in its place. */
export function startDcs(desk: Desk): DcsBeats {
  if (desk.state().spec.dcs.readAs === "etcd3") return startEtcd(desk);
  const beat = startPatroniCluster(desk, () => true);
  return { beats: [beat], proven: () => beat.once() };
}

export type DcsBeats = {
  readonly beats: readonly Beat[];
  /** Resolves when the view rests on a read that began after this call: a linearizable one, where the DCS is read itself. */
  proven(): Promise<void>;
};

function startEtcd(desk: Desk): DcsBeats {
  const { dcs, scope } = desk.config;
  const stopping = new AbortController();
  const access = { username: dcs.username, password: dcs.password, tls: dcs.tls };
  // The session reads this array each time it rotates, so members that are discovered join the rotation.
  const endpoints: string[] = [...dcs.endpoints];
  const statusBeats = new Map<string, Beat>();
  let lost: NodeJS.Timeout | null = null;
  let failure: SourceFailure | null = null;
  let list: (() => Promise<void>) | null = null;
  let unproven: { readonly since: number; readonly proven: () => void }[] = [];

  const seen = (result: Result<DcsView>, tookMs: number): Observation<DcsView> => ({
    source: "dcs",
    target: scope,
    observedAt: Date.now(),
    tookMs,
    result,
  });

  void runEtcdSession({
    endpoints,
    namespace: dcs.namespace,
    scope,
    ...access,
    heartbeatMs: DCS_HEARTBEAT_MS,
    signal: stopping.signal,
    onView(view, { tookMs, cause }) {
      if (lost) clearTimeout(lost);
      lost = null;
      desk.seeDcs(seen({ ok: true, value: view }, tookMs));
      if (cause !== "event") prove(performance.now() - tookMs);
    },
    onListable(next) {
      list = next;
    },
    onFailure(why) {
      failure = why;
      const never = desk.state().dcs.good === null;
      lost ??= setTimeout(
        () => {
          lost = null;
          desk.seeDcs(seen({ ok: false, failure: failure ?? why }, 0));
        },
        never ? 0 : GRACE_MS,
      );
    },
  });

  /** Only a listing proves what is so now: an event may have been on its way for long. */
  function prove(begunAt: number) {
    const now = unproven.filter(({ since }) => since <= begunAt);
    unproven = unproven.filter(({ since }) => since > begunAt);
    for (const { proven } of now) proven();
  }

  /** Resolves with a listing that began after this call, by whichever member; not before the DCS can be read again. */
  const listed = (): Promise<void> =>
    new Promise((resolve) => {
      unproven.push({ since: performance.now(), proven: resolve });
      void list?.();
    });

  function watchStatus(endpoint: string) {
    if (statusBeats.has(endpoint)) return;
    desk.expect("dcsMembers", "dcs-member", endpoint, DCS_MEMBER_INTERVAL_MS);
    statusBeats.set(
      endpoint,
      startBeat({
        source: "dcs-member",
        target: endpoint,
        intervalMs: DCS_MEMBER_INTERVAL_MS,
        giveUpMs: ETCD_TIMEOUT_MS * 2,
        look: (signal) => getEtcdStatus(endpoint, { ...access, timeoutMs: ETCD_TIMEOUT_MS, signal }),
        onSeen: (status) => desk.see("dcsMembers", status, DCS_MEMBER_INTERVAL_MS),
      }),
    );
  }
  for (const endpoint of dcs.endpoints) watchStatus(endpoint);

  async function discover() {
    const listed = await listEtcdMembers(endpoints, { ...access, timeoutMs: ETCD_TIMEOUT_MS, signal: stopping.signal });
    if (!listed.ok || stopping.signal.aborted) return;
    for (const { clientUrls } of listed.value) {
      const [first] = clientUrls;
      if (!first || clientUrls.some((url) => endpoints.includes(url.replace(/\/$/, "")))) continue;
      endpoints.push(first.replace(/\/$/, ""));
      watchStatus(first.replace(/\/$/, ""));
    }
  }
  const discovery = setInterval(() => void discover(), MEMBER_LIST_MS);
  void discover();

  // Without any view of etcd since the start, the members can still be learnt from Patroni, where a seed is configured.
  const fallback = startPatroniCluster(desk, () => desk.state().dcs.good === null);

  const session: Beat = {
    wake() {
      for (const beat of statusBeats.values()) beat.wake();
    },
    setFast() {
      // The session is pushed to; a member's own status need not be read several times a second.
    },
    async once() {
      await Promise.all([...statusBeats.values()].map((beat) => beat.once()));
    },
    stop() {
      stopping.abort();
      prove(Number.POSITIVE_INFINITY);
      clearInterval(discovery);
      if (lost) clearTimeout(lost);
      for (const beat of statusBeats.values()) beat.stop();
    },
  };
  return { beats: [fallback, session], proven: listed };
}

/** Asks Patroni's `/cluster` of one member after another until one answers. `wanted` says whether its answer is needed. */
function startPatroniCluster(desk: Desk, wanted: () => boolean): Beat {
  const { patroni, scope } = desk.config;
  return startBeat<DcsView>({
    source: "patroni-cluster",
    target: scope,
    intervalMs: patroni.intervalMs,
    giveUpMs: patroni.timeoutMs * 3,
    async look(signal) {
      if (!wanted()) return fail("aborted", "not needed");
      let last: Result<DcsView> = fail("failed", "no Patroni address is configured");
      for (const origin of addresses(desk)) {
        last = await getPatroniCluster(origin, { tls: patroni.tls, timeoutMs: patroni.timeoutMs, signal });
        if (last.ok || signal.aborted) break;
      }
      return last;
    },
    onSeen(seen) {
      if (!wanted()) return;
      if (desk.state().spec.dcs.readAs === "patroni") desk.seeDcs(seen);
      else if (seen.result.ok) desk.learn(seen.result.value, seen.observedAt);
    },
  });
}

/** Members known so far, the leader first: its view of the cluster is the least delayed. Then the configured seeds. */
function addresses(desk: Desk): string[] {
  const state = desk.state();
  const leader = state.dcs.good?.value.leader?.name;
  const known = [...state.roster]
    .sort((a, b) => Number(b.name === leader) - Number(a.name === leader))
    .flatMap((entry) => (entry.apiUrl ? [entry.apiUrl] : []));
  return [...new Set([...known, ...desk.config.patroni.seeds])];
}
