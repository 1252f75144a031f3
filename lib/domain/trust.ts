/** How much a piece of evidence may be trusted. `n/a`: this layer is not configured or has no say. */
export type Trust = "fresh" | "stale" | "unknown" | "n/a";
