import { z } from "zod";
import { ACTION_KINDS } from "@/lib/domain/actions/request";
import type { ConditionNode } from "@/lib/domain/runbooks/condition";
import type { RunbookPlaces } from "@/lib/domain/runbooks/places";
import { type ActionTemplate, INPUT_KINDS, type Runbook } from "@/lib/domain/runbooks/runbook";
import type { DeepReadonly, Same } from "./scalars";

/** Runbooks as they cross the network; equal to the domain's types, which the compiler proves below. */

export const localTextSchema = z.object({ en: z.string(), ru: z.string() });

export const judgedSchema = z.object({
  value: z.boolean(),
  known: z.boolean().describe("False: what it rests on is stale or missing; it then counts as not true"),
});

const conditionSchema = z.object({
  source: z.string().describe("As it was written"),
  // Checked where it is parsed; a recursive schema would be nothing but weight on the way to readers who are of the same release.
  root: (z.unknown() as z.ZodType<unknown>).describe("The same, parsed") as unknown as z.ZodType<ConditionNode>,
});

const commandSchema = z.object({ on: localTextSchema.nullable(), line: z.string() });

const stepBase = {
  id: z.string(),
  title: localTextSchema,
  text: localTextSchema.nullable(),
  next: z.string().nullable().describe("`end`, or null: the next one in the list"),
};

const stepSchema = z.discriminatedUnion("kind", [
  z.object({ ...stepBase, kind: z.literal("instruction"), commands: z.array(commandSchema) }),
  z.object({
    ...stepBase,
    kind: z.literal("check"),
    condition: conditionSchema,
    holdsUntil: z.string().nullable().describe("Step up to which it must stay true; null: to the end of the run"),
  }),
  z.object({
    ...stepBase,
    kind: z.literal("action"),
    request: z.looseObject({ action: z.enum(ACTION_KINDS) }) as unknown as z.ZodType<ActionTemplate>,
  }),
  z.object({
    ...stepBase,
    kind: z.literal("wait"),
    condition: conditionSchema,
    withinMs: z.number(),
    past: localTextSchema,
  }),
  z.object({
    ...stepBase,
    kind: z.literal("decision"),
    options: z.array(z.object({ id: z.string(), label: localTextSchema, next: z.string() })),
  }),
  z.object({ ...stepBase, kind: z.literal("note") }),
]);

export const runbookSchema = z.object({
  id: z.string(),
  kind: z.enum(["procedure", "drill"]),
  title: localTextSchema,
  when: localTextSchema,
  role: z.enum(["operator", "admin"]),
  findings: z.array(z.string()).describe("Rules of findings from which it is offered"),
  inputs: z.array(z.object({ name: z.string(), kind: z.enum(INPUT_KINDS), label: localTextSchema })),
  preconditions: z.array(z.object({ text: localTextSchema, condition: conditionSchema })),
  steps: z.array(stepSchema),
  expectsLeader: z.boolean(),
  digest: z.string(),
  builtIn: z.boolean(),
});
true satisfies Same<DeepReadonly<z.output<typeof runbookSchema>>, DeepReadonly<Runbook>>;

export const unfilledSchema = z
  .array(z.string())
  .describe("Names of placeholders that could not be filled now; they are shown as unknown in the texts");

const hostNamesSchema = z.object({
  patroniConfig: z.string(),
  patroniService: z.string(),
  etcdConfig: z.string(),
  etcdService: z.string(),
  haproxyConfig: z.string(),
  haproxyService: z.string(),
  keepalivedConfig: z.string(),
  keepalivedService: z.string(),
  pgbouncerConfig: z.string(),
  pgbouncerService: z.string(),
  pgbackrestConfig: z.string(),
  postgresUser: z.string(),
  dataDir: z.string().nullable(),
  binDir: z.string().nullable(),
});

export const placesSchema = z
  .object({
    dcs: z.object({
      kind: z.enum(["etcd3", "etcd2", "consul", "none"]),
      endpoints: z.array(z.string()),
      namespace: z.string(),
    }),
    patroniSeeds: z.array(z.string()),
    database: z.string().nullable(),
    pgbouncerPort: z.number().nullable(),
    haproxy: z
      .object({ nodes: z.array(z.string()), writePool: z.string().nullable(), readPool: z.string().nullable() })
      .nullable(),
    vip: z.object({ address: z.string(), writePort: z.number().nullable() }).nullable(),
    stanza: z.string().nullable(),
    hosts: hostNamesSchema,
    dataDirs: z.record(z.string(), z.string()),
  })
  .describe("What placeholders are filled from beside the picture of the cluster; no secret");
true satisfies Same<DeepReadonly<z.output<typeof placesSchema>>, RunbookPlaces>;

/**
 * `GET /runbooks?scope&filled`: texts as they were written, for a reader who fills them from picture and places as these change; with
 * `filled=true` as they read for that cluster now.
 */
export const runbooksSchema = z.object({
  runbooks: z.array(
    z.object({
      runbook: runbookSchema,
      unfilled: unfilledSchema,
      preconditions: z.array(judgedSchema).nullable().describe("In the order of the runbook's; null without `scope`"),
      offeredBy: z.array(z.string()).describe("Ids of the findings of the cluster from which it is offered now"),
    }),
  ),
  places: placesSchema.nullable().describe("Null without `scope`"),
  broken: z
    .array(z.object({ file: z.string(), builtIn: z.boolean(), problems: z.array(z.string()) }))
    .describe("Files that are not offered, and every reason why"),
});
export type RunbooksAnswer = DeepReadonly<z.output<typeof runbooksSchema>>;
