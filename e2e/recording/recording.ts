import type { Snapshot } from "@/lib/domain/snapshot";
import type { Cast } from "../matrix/cast";
import type { Repair } from "../matrix/fault";
import type { Scene } from "../matrix/scene";
import type { Api } from "../support/api";
import type { Dashboard } from "../support/dashboard";

/** What a situation is made with: the settled lab, and the one dashboard whose pictures are kept. */
export type Stage = Scene & { readonly dashboard: Dashboard; readonly api: Api };

/** A moment worth keeping. Each is the first picture after the one before it that shows what it is about. */
export type Moment = {
  /** Names its file; kebab-case, and unique. */
  readonly name: string;
  /** What it is a picture of. */
  readonly what: string;
  readonly when: (snapshot: Snapshot, cast: Cast) => boolean;
  readonly withinMs?: number;
  /** What is done to the lab before it is waited for, on top of all that was done before; `undo` keeps how it is taken back at the end. */
  readonly first?: (stage: Stage, undo: (repair: Repair) => void) => Promise<void>;
};

/** One situation in the lab and the moments of its course, in order. */
export type Recording = {
  readonly name: string;
  readonly moments: readonly Moment[];
  inject(stage: Stage): Promise<Repair>;
};

export const finds =
  (...rules: readonly string[]) =>
  ({ findings }: Snapshot): boolean =>
    rules.every((rule) => findings.some((one) => one.rule === rule));

/** A source of that kind and target has failed, or is stale. */
export const silent = ({ sources }: Snapshot, kind: string, target: string): boolean =>
  sources.some((one) => one.kind === kind && one.target === target && (one.stale || one.error !== null));

export const isWell = ({ writePath }: Snapshot): boolean => writePath.state === "ok" || writePath.state === "degraded";

export const memberOf = ({ members }: Snapshot, name: string) => members.find((one) => one.name === name);
