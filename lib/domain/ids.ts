/** Names that must never be mixed up: a member's *name* is not its *host*, and neither is its REST address. */
declare const brand: unique symbol;
type Branded<T, B extends string> = T & { readonly [brand]: B };

/** Patroni's `name` of a member. */
export type MemberName = Branded<string, "MemberName">;
/** Patroni's `scope`; also the cluster's name in addresses. */
export type ClusterScope = Branded<string, "ClusterScope">;
/** Host name or address without a port. */
export type HostName = Branded<string, "HostName">;
/** Write-ahead log position as PostgreSQL prints it, for example `0/3000060`. Compare with `lib/domain/lsn`. */
export type Lsn = Branded<string, "Lsn">;
/** ISO 8601 in UTC, for example `2026-11-21T02:30:47.123Z`. */
export type Instant = Branded<string, "Instant">;
/** Milliseconds since 1970 UTC, by the dashboard's own clock. */
export type EpochMs = number;

export const memberName = (value: string): MemberName => value as MemberName;
export const clusterScope = (value: string): ClusterScope => value as ClusterScope;
export const hostName = (value: string): HostName => value as HostName;
export const instant = (ms: EpochMs): Instant => new Date(ms).toISOString() as Instant;
