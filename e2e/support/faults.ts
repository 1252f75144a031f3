import { expect } from "@playwright/test";
import type { HostName } from "@/lab/index";
import type { FailureKind } from "@/lib/domain/observation";
import type { Snapshot, SourceView } from "@/lib/domain/snapshot";
import type { ClusterPage } from "../pages/cluster-page";
import type { Observing } from "./observing";
import { until } from "./until";
import { word } from "./words";

export type Fault = {
  /** Sources that must be named as failing, and how. */
  readonly failing: readonly string[];
  readonly kinds: readonly FailureKind[];
  /** Sources that may or may not suffer with them: whatever else runs on the same host. */
  readonly mayFail: (source: SourceView) => boolean;
  readonly deadlineMs: number;
};

/** A source that never answered has nothing that could be stale; the page marks it all the same. */
const broken = (source: SourceView | undefined, kinds: readonly FailureKind[]): boolean =>
  source !== undefined &&
  (source.stale || source.lastOkAt === null) &&
  source.error !== null &&
  kinds.includes(source.error.kind);

const sourceOf = (snapshot: Snapshot, id: string): SourceView | undefined =>
  snapshot.sources.find((source) => source.id === id);

/** Waits until each failing source is named with its kind and marked stale, in the stream and on the page. */
export async function expectNamed({ recorder }: Observing, cluster: ClusterPage, fault: Fault): Promise<void> {
  const { failing, kinds, deadlineMs } = fault;
  const seen = () => failing.map((id) => recorder.latest()?.snapshot.sources.find((source) => source.id === id));
  const ask = () => {
    const snapshot = recorder.latest()?.snapshot;
    return snapshot && failing.every((id) => broken(sourceOf(snapshot, id), kinds)) ? snapshot : undefined;
  };
  const what = `${failing.join(", ")} to be named as ${kinds.join(" or ")} and stale`;
  await until(ask, { deadlineMs, what, seen });
  const words = new RegExp(kinds.map((kind) => word(`failure.${kind}`)).join("|"));
  for (const id of failing) {
    const line = cluster.sources.locator(`[data-source="${id}"]`);
    await expect(line).toHaveAttribute("data-stale", "true");
    await expect(line).toContainText(words);
    await expect(line).toContainText(word("trust.stale"));
  }
}

/** How many more pictures must come, to tell a living page from a frozen one. */
const MORE_PICTURES = 5;

/** Asserts that everything that the fault does not touch stays fresh while the pictures go on. */
export async function expectRestLive({ recorder }: Observing, cluster: ClusterPage, fault: Fault): Promise<void> {
  const from = recorder.frames.length;
  const shownFrom = (await cluster.painted()).version;
  await until(() => recorder.frames[from + MORE_PICTURES], { deadlineMs: 10_000, what: "more pictures" });
  const touched = (source: SourceView) => fault.failing.includes(source.id) || fault.mayFail(source);
  const tired = recorder.frames
    .slice(from)
    .flatMap(({ snapshot }) => snapshot.sources.filter((source) => source.stale && !touched(source)))
    .map((source) => `${source.id}: ${source.error?.kind ?? "no error"}, ${source.ageMs} ms old`);
  expect([...new Set(tired)], "sources apart from the fault stay fresh").toEqual([]);
  await expect
    .poll(async () => (await cluster.painted()).version, { message: "the page goes on" })
    .toBeGreaterThan(shownFrom);
}

/** Everything that is asked at a host's address or about its member. */
export const livesOn =
  (host: HostName, address: string) =>
  (source: SourceView): boolean =>
    source.target === host || source.target.endsWith(`@${host}`) || source.target.includes(`//${address}:`);
