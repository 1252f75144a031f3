import type { Severity } from "./finding";

/** The worst first. */
export const RANK: Readonly<Record<Severity, number>> = { critical: 0, unknown: 1, warn: 2, info: 3 };

export const worseOf = (a: Severity, b: Severity): Severity => (RANK[b] < RANK[a] ? b : a);
