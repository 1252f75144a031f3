import type { EpochMs, MemberName } from "../../ids";

/** What a change of leader was asked for, apart from how. */
export type Handover = {
  /** Id of its one call. */
  readonly call: string;
  /** Null: whichever Patroni chooses. */
  readonly candidate: MemberName | null;
  /** Since when anything that is seen can be its doing: its start, or the time that it was set for. */
  readonly since: EpochMs;
  readonly done: "switched-over" | "failed-over";
  /** The word for: its time has come, and nothing came of it. */
  readonly lapsed: "no-change" | "dropped";
};
