import type { LagView, Layer, Trust } from "../snapshot";

/** A row of the grid. Patroni has none of its own: it shows in PostgreSQL's. */
export type Row = Exclude<Layer, "patroni">;

/** What stands at one crossing. `at`: it holds, leads or receives; `beside`: it exists there; nothing there: no cell. */
export type Cell = {
  readonly id: string;
  readonly column: string;
  readonly row: Row;
  /** A member's name, a HAProxy node's name, an endpoint, or the VIP's address. */
  readonly name: string;
  readonly trust: Trust;
  /** On the lit path of a write. */
  readonly lit: boolean;
};

/** A line between two cells, by their ids. */
export type Edge = {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly trust: Trust;
  /** Ends at the member that takes writes; false where it is known to lead elsewhere, null where nobody is known to. */
  readonly right: boolean | null;
  readonly lag: LagView | null;
};
