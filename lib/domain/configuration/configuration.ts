import type { Instant } from "../ids";

/** Patroni's dynamic configuration as the DCS keeps it, without secrets. */
export type ConfigurationView = {
  /** Revision at which the key was last written; null where the DCS is not read itself. */
  readonly revision: string | null;
  /** When we first saw it say this without a break. */
  readonly at: Instant;
  readonly value: Readonly<Record<string, unknown>>;
};
