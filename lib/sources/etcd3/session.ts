import type { DcsView } from "@/lib/domain/facts";
import { ok, type Result, type SourceFailure } from "@/lib/domain/observation";
import { connectEtcd, type EtcdAccess, type EtcdConnection } from "./client";
import { firstAnswer, weightiest } from "./first-answer";
import { type FollowOptions, follow, type ViewCause } from "./follow";
import type { KeyEvent } from "./key-space";
import { mapView, prefixOf } from "./map";
import { type Listing, listPrefix } from "./range";

/**
 * The collector takes a view for stale after three heartbeats. One heartbeat, one deadline and a change of endpoint fit
 * into that, so a frozen etcd member does not make the view stale while another one answers.
 */
const HEARTBEAT_MS = 3_000;
const DEADLINE_MS = 3_000;
const BACKOFF_MIN_MS = 250;
const BACKOFF_MAX_MS = 5_000;
/** A session that ends sooner counts as a failure: its listing worked, its watch did not. */
const LASTING_MS = 5_000;

export type EtcdSessionOptions = EtcdAccess & {
  /** Client URLs. Read anew each round, so members that are found later may be added to it. */
  readonly endpoints: readonly string[];
  /** Patroni's namespace, with or without slashes at its ends. */
  readonly namespace: string;
  readonly scope: string;
  /** Between full linearizable listings, in ms; 3000 by default. */
  readonly heartbeatMs?: number | undefined;
  readonly signal: AbortSignal;
  /** Called with the complete view: after each listing, and for each watch response within the same turn. */
  readonly onView: (view: DcsView, seen: { readonly tookMs: number; readonly cause: ViewCause }) => void;
  /**
   * Called when no endpoint could be read, once each round. The loss of one endpoint while another answers is no failure
   * of the DCS: it is replaced at once, and the next `onView` has cause `list`.
   */
  readonly onFailure: (failure: SourceFailure) => void;
  /** The bare events of a watch response, after `onView`: their order and common revisions tell a crash from a switchover. */
  readonly onEvents?: ((events: readonly KeyEvent[]) => void) | undefined;
  /** Gives the way to ask the endpoint that is followed for a listing now; null while none is. See `FollowOptions`. */
  readonly onListable?: FollowOptions["onListable"];
  /** Which endpoint is being followed from now on; null while none is. */
  readonly onEndpoint?: ((endpoint: string | null, lost: SourceFailure | null) => void) | undefined;
};

type Opened = { readonly connection: EtcdConnection; readonly listing: Listing };

/**
 * Follows a scope in etcd until `signal` aborts: list, watch from the next revision, list again each heartbeat; on any
 * trouble a new client on the next endpoint. Tries for ever, with jittered exponential pauses (0.25 to 5 s) while nothing works.
 * `no-quorum` means that a member answers but cannot read through a leader. Resolves after the abort; never rejects.
 */
export async function runEtcdSession(options: EtcdSessionOptions): Promise<void> {
  const { signal, onFailure, onEndpoint } = options;
  const prefix = prefixOf(options.namespace, options.scope);
  let last: string | null = null;
  let lost: SourceFailure | null = null;
  let strikes = 0;
  while (!signal.aborted) {
    const opened = await openAny(options, prefix, last, lost);
    if (signal.aborted) {
      if (opened.ok) opened.value.connection.close();
      return;
    }
    if (!opened.ok) {
      lost = null;
      onFailure(opened.failure);
      await pause(backoffMs(strikes++), signal);
      continue;
    }
    const { connection, listing } = opened.value;
    const since = performance.now();
    last = connection.endpoint;
    onEndpoint?.(last, null);
    lost = await followView(connection, listing, prefix, options);
    if (signal.aborted) return;
    onEndpoint?.(null, lost);
    if (performance.now() - since >= LASTING_MS) strikes = 0;
    else {
      onFailure(lost);
      await pause(backoffMs(strikes++), signal);
    }
  }
}

/** Half of it is chance: many dashboards lose the same etcd member at the same moment. */
function backoffMs(strikes: number): number {
  const ceiling = Math.min(BACKOFF_MAX_MS, BACKOFF_MIN_MS * 2 ** Math.min(strikes, 10));
  return ceiling / 2 + (Math.random() * ceiling) / 2;
}

/**
 * Opens the first endpoint that can list the scope, beginning after the one used last. Directly after a loss the lost
 * endpoint is not asked again while there are others: what it failed with is its answer in this round.
 */
async function openAny(
  options: EtcdSessionOptions,
  prefix: string,
  last: string | null,
  lost: SourceFailure | null,
): Promise<Result<Opened>> {
  const order = rotated(options.endpoints, last);
  const others = lost ? order.filter((endpoint) => endpoint !== last) : order;
  const opened = await firstAnswer<Opened>(
    others.length > 0 ? others : order,
    (endpoint, signal) => open(endpoint, options, prefix, signal),
    ({ connection }) => connection.close(),
    options.signal,
  );
  if (opened.ok || !lost) return opened;
  return { ok: false, failure: weightiest([lost, opened.failure]) };
}

/** All endpoints, the one after `last` first and `last` at the end. */
export function rotated(endpoints: readonly string[], last: string | null): string[] {
  const from = last === null ? 0 : endpoints.indexOf(last) + 1;
  return [...endpoints.slice(from), ...endpoints.slice(0, from)];
}

async function open(
  endpoint: string,
  access: EtcdAccess,
  prefix: string,
  signal: AbortSignal,
): Promise<Result<Opened>> {
  const connected = await connectEtcd(endpoint, access, DEADLINE_MS);
  if (!connected.ok) return connected;
  const connection = connected.value;
  const abort = () => connection.close();
  signal.addEventListener("abort", abort, { once: true });
  if (signal.aborted) connection.close();
  const listed = await listPrefix(connection, prefix, DEADLINE_MS);
  signal.removeEventListener("abort", abort);
  if (listed.ok) return ok({ connection, listing: listed.value });
  connection.close();
  return listed;
}

function followView(connection: EtcdConnection, listing: Listing, prefix: string, options: EtcdSessionOptions) {
  return follow(connection, listing, {
    prefix,
    heartbeatMs: options.heartbeatMs ?? HEARTBEAT_MS,
    deadlineMs: DEADLINE_MS,
    signal: options.signal,
    onSpace: (space, seen) => options.onView(mapView(space, prefix), seen),
    onEvents: options.onEvents,
    onListable: options.onListable,
  });
}

/** Resolves early when the signal aborts. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done, { once: true });
    if (signal.aborted) done();
  });
}
