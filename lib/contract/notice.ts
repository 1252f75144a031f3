import { z } from "zod";
import { ALERT_STATES } from "@/lib/domain/alerts/types";
import { severitySchema } from "./finding";
import { instantSchema, scopeSchema } from "./scalars";

const noticeAlertSchema = z.object({
  id: z.string().describe("One episode of one finding: the same when it fires, is reminded of and is over"),
  scope: scopeSchema,
  title: z.string().describe("Of the cluster"),
  environment: z.string().nullable(),
  findingId: z.string(),
  rule: z.string().describe("Stable code of what was found"),
  severity: severitySchema,
  subject: z.string(),
  state: z.enum(ALERT_STATES),
  text: z.string().describe("In `language`"),
  means: z.string().nullable(),
  do: z.string().nullable(),
  startedAt: instantSchema,
  firedAt: instantSchema.nullable(),
  resolvedAt: instantSchema.nullable(),
  flaps: z.number().describe("How often it went and came again"),
  acknowledged: z.object({ by: z.string(), at: instantSchema, note: z.string() }).nullable(),
  follows: z.array(z.object({ rule: z.string(), severity: severitySchema, text: z.string() })),
  url: z.string().nullable(),
});

/**
 * What a generic webhook is sent, as JSON by POST. Headers: `X-Matriarch-Delivery` (the `id`: the same when it is sent again),
 * `X-Matriarch-Event` (`about`), `X-Matriarch-Timestamp` (epoch seconds) and, with a secret, `X-Matriarch-Signature`:
 * `sha256=` and the HMAC-SHA-256, in hex, of the timestamp, a dot, and the body as it came. Any 2xx means that it was taken.
 */
export const noticeSchema = z.object({
  version: z.literal(1),
  id: z.string(),
  about: z.enum(["firing", "resolved", "reminder", "test"]),
  at: instantSchema,
  language: z.enum(["en", "ru"]),
  subject: z.string().describe("All of it in one line"),
  alerts: z.array(noticeAlertSchema).describe("Worst first; none in a test"),
  url: z.string().nullable().describe("Page of the alerts"),
});

export type NoticeBody = z.output<typeof noticeSchema>;
