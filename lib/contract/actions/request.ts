import { z } from "zod";
import { type ActionRequest, HAPROXY_SERVER_STATES } from "@/lib/domain/actions/request";
import { type DeepReadonly, instantSchema, memberNameSchema, type Same } from "../scalars";

/** What may be asked for: `POST /clusters/{scope}/plans`. Strict: a misspelt key is an error and not a default. */

const name = memberNameSchema;
const text = z.string().min(1).max(200);
const backend = {
  member: name,
  pid: z
    .int()
    .min(1)
    .max(2 ** 31),
  backendStart: instantSchema,
};
const console = { member: name, database: text.nullable() };

export const actionRequestSchema = z
  .discriminatedUnion("action", [
    z.strictObject({
      action: z.literal("switchover"),
      candidate: name.nullable(),
      scheduledAt: instantSchema.nullable(),
    }),
    z.strictObject({ action: z.literal("switchover-cancel") }),
    z.strictObject({ action: z.literal("failover"), candidate: name }),
    z.strictObject({ action: z.literal("reinitialize"), member: name, fromLeader: z.boolean() }),
    z.strictObject({
      action: z.literal("restart"),
      member: name.nullable(),
      onlyPending: z.boolean(),
      scheduledAt: instantSchema.nullable(),
    }),
    z.strictObject({ action: z.literal("restart-cancel"), member: name }),
    z.strictObject({ action: z.literal("reload"), member: name.nullable() }),
    z.strictObject({ action: z.literal("pause"), until: instantSchema.nullable(), resumeAtEnd: z.boolean() }),
    z.strictObject({ action: z.literal("resume") }),
    z.strictObject({
      action: z.literal("configuration"),
      revision: z.string().nullable(),
      patch: z.record(z.string(), z.unknown()),
    }),
    z.strictObject({ action: z.literal("backend-cancel"), ...backend }),
    z.strictObject({ action: z.literal("backend-terminate"), ...backend }),
    z.strictObject({
      action: z.literal("haproxy-server"),
      node: text.nullable(),
      pool: text,
      server: text,
      state: z.enum(HAPROXY_SERVER_STATES),
    }),
    z.strictObject({ action: z.literal("pgbouncer-pause"), ...console }),
    z.strictObject({ action: z.literal("pgbouncer-resume"), ...console }),
    z.strictObject({ action: z.literal("pgbouncer-reconnect"), ...console }),
  ])
  .describe("What is asked for; `action` says which other keys there are");

type Parsed = DeepReadonly<z.output<typeof actionRequestSchema>>;
/** The domain writes some kinds together that differ in nothing but their name. */
type Spread<T> = T extends { readonly action: infer A }
  ? A extends string
    ? Omit<T, "action"> & { readonly action: A }
    : never
  : never;
true satisfies Same<Spread<Parsed>, Spread<ActionRequest>>;
