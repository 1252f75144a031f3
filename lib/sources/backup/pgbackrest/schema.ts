import { z } from "zod";

/** `pgbackrest --output=json info` of 2.30 to 2.59. What later versions added is optional; what they add next is ignored. */

const bytes = z.number().nullable().optional();
const text = z.string().nullable().optional();
const status = z.object({ code: z.number(), message: z.string().catch("") });
const lock = z.object({ held: z.boolean(), size: bytes, "size-cplt": bytes }).optional();

const database = z.object({
  id: z.number(),
  "repo-key": z.number().optional(),
  // 64 bits wide: kept as text by `parseJson`, short ones stay numbers.
  "system-id": z.union([z.string(), z.number()]).transform(String),
  version: z.string(),
});

const ofDatabase = z.object({ id: z.number(), "repo-key": z.number().optional() });
const archive = z.object({ id: z.string(), database: ofDatabase.optional(), min: text, max: text });

const backup = z.object({
  label: z.string(),
  type: z.string(),
  prior: text,
  reference: z.array(z.string()).nullable().optional(),
  timestamp: z.object({ start: z.number(), stop: z.number() }),
  lsn: z.object({ start: text, stop: text }).nullable().optional(),
  archive: z.object({ start: text, stop: text }).nullable().optional(),
  database: ofDatabase,
  backrest: z.object({ version: z.string() }).optional(),
  info: z
    .object({ size: bytes, delta: bytes, repository: z.object({ size: bytes, delta: bytes }).optional() })
    .optional(),
  error: z.boolean().nullable().optional(),
  annotation: z.record(z.string(), z.string()).nullable().optional(),
});

const stanza = z.object({
  name: z.string(),
  status: status.extend({ lock: z.object({ backup: lock }).optional() }),
  repo: z.array(z.object({ key: z.number(), status })).default([]),
  db: z.array(database).default([]),
  archive: z.array(archive).default([]),
  backup: z.array(backup).default([]),
});

export const infoSchema = z.array(stanza);

export type InfoStanza = z.infer<typeof stanza>;
export type InfoBackup = z.infer<typeof backup>;
