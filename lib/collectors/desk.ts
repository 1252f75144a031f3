import type { ClusterConfig } from "@/lib/config/types";
import type { ClusterState } from "@/lib/domain/cluster-state";
import type { DcsView, VipFacts } from "@/lib/domain/facts";
import type { EpochMs } from "@/lib/domain/ids";
import type { Observation } from "@/lib/domain/observation";
import type { KeyedRoom, see } from "./state";

/** What the sources of a cluster need of the collector. */
export type Desk = {
  readonly config: ClusterConfig;
  state(): ClusterState;
  /** Folds an observation of one target of a room. */
  see: <R extends KeyedRoom>(room: R, seen: Parameters<typeof see<R>>[2], intervalMs: number) => void;
  seeDcs(seen: Observation<DcsView>): void;
  /** Learns members from Patroni's word alone, while the DCS itself was never seen. */
  learn(view: DcsView, at: EpochMs): void;
  seeVip(seen: Observation<VipFacts>): void;
  /** What is now remembered of the client's eye; `draw` only when a person would see more than figures change. */
  seeClientEye(next: NonNullable<ClusterState["clientEye"]>, draw: boolean): void;
  expect(room: KeyedRoom, ...args: [source: Observation<unknown>["source"], target: string, intervalMs: number]): void;
  forget(room: KeyedRoom, target: string): void;
  /** News came by another way: look again at everything of this cluster, now and often. */
  hurry(): void;
};
