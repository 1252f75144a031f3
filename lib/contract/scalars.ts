import { z } from "zod";
import type { ClusterScope, HostName, Instant, Lsn, MemberName } from "@/lib/domain/ids";

/** The domain's named texts as schemas. On the wire they are plain strings; the brand is for the compiler alone. */
const branded = <T extends string>(schema: z.ZodString) => schema as unknown as z.ZodType<T, string>;

export const instantSchema = branded<Instant>(z.string().describe("ISO 8601 in UTC"));
export const memberNameSchema = branded<MemberName>(z.string().describe("Patroni's name of a member"));
export const scopeSchema = branded<ClusterScope>(z.string().describe("Patroni's scope"));
export const hostSchema = branded<HostName>(z.string().describe("Host name or address without a port"));
export const lsnSchema = branded<Lsn>(z.string().describe("WAL position as PostgreSQL prints it"));

/** Compile-time proof that a schema and a domain type are one: each must be assignable to the other. */
export type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;

type Primitive = string | number | boolean | bigint | null | undefined;
/** Schemas produce mutable types, the domain readonly ones; on the wire there is no difference. */
export type DeepReadonly<T> = unknown extends T
  ? T
  : T extends Primitive
    ? T
    : T extends readonly (infer U)[]
      ? readonly DeepReadonly<U>[]
      : { readonly [K in keyof T]: DeepReadonly<T[K]> };

export const messageSchema = z
  .object({ key: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) })
  .describe("A sentence as a key into the message catalogue and the values it is filled with");

export const failureSchema = z.object({
  kind: z.enum([
    "timeout",
    "refused",
    "unreachable",
    "reset",
    "dns",
    "tls",
    "unauthorized",
    "forbidden",
    "insufficient-privilege",
    "starting-up",
    "no-quorum",
    "malformed",
    "too-large",
    "wrong-identity",
    "http-status",
    "unsupported",
    "aborted",
    "failed",
  ]),
  text: z.string(),
});

export const trustSchema = z.enum(["fresh", "stale", "unknown", "n/a"]);
export const layerSchema = z.enum(["vip", "haproxy", "pgbouncer", "postgres", "patroni", "dcs"]);
export const witnessLayerSchema = z.enum(["client", ...layerSchema.options]);
export const sourceKindSchema = z.enum([
  "dcs",
  "dcs-member",
  "patroni",
  "patroni-cluster",
  "postgres",
  "postgres-vitals",
  "postgres-sizes",
  "haproxy",
  "pgbouncer",
  "vip",
  "client-eye",
  "backup",
  "basebackup",
  "certificate",
]);
