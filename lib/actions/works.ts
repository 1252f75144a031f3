import type { Operation } from "@/lib/domain/actions/operation";
import type { Board } from "./board";
import type { ActionsDeps } from "./deps";
import type { Late } from "./late";
import type { Pictures } from "./pictures";
import type { DcsLock } from "./types";

/** What one pipeline works with: what it was given, and what it keeps in memory. */
export type Works = ActionsDeps & {
  readonly board: Board;
  readonly late: Late;
  readonly pictures: Pictures;
  /** By id of the operation; what is being begun or resumed is in `starting` until it is carried. */
  readonly carriers: Map<string, Carrier>;
  readonly starting: Set<string>;
  /** Called once with each operation that has ended here. */
  readonly ended: (operation: Operation) => void;
};

export type Carrier = {
  operation(): Operation;
  /** Leaves the operation to a successor, with its locks. */
  stop(): Promise<void>;
};

/** Our key in the DCS, held. */
export type Held = Extract<Awaited<ReturnType<DcsLock["take"]>>, { readonly kind: "taken" }>;
