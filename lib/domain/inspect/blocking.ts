/** The pid that PostgreSQL gives for a prepared transaction: it has no session. */
export const PREPARED_PID = 0;

type Waiting = { readonly pid: number; readonly blockedBy: readonly number[] };

export type BlockingNode = {
  readonly pid: number;
  /** Those that wait for it; each session stands in the tree once. */
  readonly blocks: readonly BlockingNode[];
  /** Others, beside the one that it stands under, that hold it up. */
  readonly alsoBlockedBy: readonly number[];
  /** Sessions below it. */
  readonly waiting: number;
};

export type BlockingTree = BlockingNode & {
  /** Nobody in it is free: each waits for another. PostgreSQL ends one of them after `deadlock_timeout`. */
  readonly cycle: boolean;
};

/**
 * Who holds up whom, as trees whose roots wait for nobody; most waiting first. PostgreSQL names for each waiter also those that
 * stand before it in the same queue, so a session is placed as near to its root as it can be, and its other blockers are told
 * beside it: spelled out in full, a queue of n would be a tree of 2^n.
 */
export function blockingTrees(sessions: readonly Waiting[]): readonly BlockingTree[] {
  const blockers = new Map<number, readonly number[]>();
  for (const { pid, blockedBy } of sessions) {
    const others = [...new Set(blockedBy)].filter((one) => one !== pid);
    if (others.length > 0) blockers.set(pid, others);
  }
  const waiters = waitersOf(blockers);
  const placed = new Set<number>();
  const trees = [...waiters.keys()]
    .filter((pid) => !blockers.has(pid))
    .map((pid) => ({ ...grow(pid, waiters, blockers, placed), cycle: false }));
  for (const pid of [...blockers.keys()].sort((a, b) => a - b)) {
    if (placed.has(pid)) continue;
    trees.push({ ...grow(memberOfCycle(pid, blockers, placed), waiters, blockers, placed), cycle: true });
  }
  return trees.sort((a, b) => b.waiting - a.waiting || a.pid - b.pid);
}

function waitersOf(blockers: ReadonlyMap<number, readonly number[]>): ReadonlyMap<number, readonly number[]> {
  const waiters = new Map<number, number[]>();
  for (const pid of [...blockers.keys()].sort((a, b) => a - b)) {
    for (const blocker of blockers.get(pid) ?? []) waiters.set(blocker, [...(waiters.get(blocker) ?? []), pid]);
  }
  return waiters;
}

/** Level by level, so that each session ends up at its least depth. */
function grow(
  root: number,
  waiters: ReadonlyMap<number, readonly number[]>,
  blockers: ReadonlyMap<number, readonly number[]>,
  placed: Set<number>,
): BlockingNode {
  const children = new Map<number, number[]>();
  placed.add(root);
  const queue = [root];
  for (let at = 0; at < queue.length; at++) {
    const pid = queue[at] as number;
    const mine = (waiters.get(pid) ?? []).filter((waiter) => !placed.has(waiter));
    for (const waiter of mine) placed.add(waiter);
    children.set(pid, mine);
    queue.push(...mine);
  }
  // From the last level upwards: a chain may be longer than the call stack.
  const done = new Map<number, BlockingNode>();
  const parents = new Map([...children].flatMap(([pid, mine]) => mine.map((child) => [child, pid] as const)));
  for (const pid of queue.reverse()) {
    const blocks = (children.get(pid) ?? []).flatMap((child) => done.get(child) ?? []);
    const waiting = blocks.reduce((sum, child) => sum + 1 + child.waiting, 0);
    const alsoBlockedBy = (blockers.get(pid) ?? []).filter((one) => one !== parents.get(pid)).sort((a, b) => a - b);
    done.set(pid, { pid, blocks, alsoBlockedBy, waiting });
  }
  return done.get(root) ?? { pid: root, blocks: [], alsoBlockedBy: [], waiting: 0 };
}

/** Goes from blocker to blocker until one comes again: that one waits for itself. */
function memberOfCycle(
  from: number,
  blockers: ReadonlyMap<number, readonly number[]>,
  placed: ReadonlySet<number>,
): number {
  const seen = new Set<number>();
  let at = from;
  while (!seen.has(at)) {
    seen.add(at);
    const next = (blockers.get(at) ?? []).find((one) => !placed.has(one));
    if (next === undefined) return at;
    at = next;
  }
  return at;
}
