import type { Finding } from "../../finding";

/** What follows when WAL does not get to a member or is not replayed there: that it lags, in whichever measure. */
const LAG: ReadonlySet<string> = new Set(["lag-bytes", "lag-seconds", "lag-growing"]);

export const isLagOf = (cause: Finding, other: Finding): boolean =>
  LAG.has(other.rule) && other.subject.member === cause.subject.member;
