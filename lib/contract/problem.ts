import { z } from "zod";
import { type DeepReadonly, instantSchema, messageSchema } from "./scalars";

/** Errors of the interface, RFC 9457. `type` is what programs tell them apart by; the texts are for people. */
export const PROBLEMS = {
  "bad-request": { status: 400, title: "The request cannot be understood" },
  unauthenticated: { status: 401, title: "Sign in, or send a token" },
  forbidden: { status: 403, title: "Your role may not do this" },
  "cross-site": { status: 403, title: "The request comes from another site" },
  "not-yours": { status: 403, title: "This was planned by somebody else" },
  "action-disabled": { status: 403, title: "This dashboard does not do that here" },
  "not-found": { status: 404, title: "There is no such thing" },
  "not-recorded": { status: 404, title: "Nobody was looking at that moment" },
  "plan-expired": { status: 409, title: "The plan is too old; make a new one" },
  "plan-used": { status: 409, title: "The plan was used already" },
  "fence-moved": { status: 409, title: "The cluster has changed since the plan was made" },
  busy: { status: 409, title: "Another operation runs on this cluster" },
  "not-approvable": { status: 409, title: "There is nothing to approve or withdraw any more" },
  "not-open": { status: 409, title: "It is over already" },
  blocked: { status: 422, title: "It must not be done as things stand" },
  "wrong-confirmation": { status: 422, title: "What was typed is not the name of the cluster" },
  "reason-missing": { status: 422, title: "A reason must be given" },
  unacknowledged: { status: 422, title: "There are warnings that were not acknowledged" },
  "too-large": { status: 413, title: "The request is too large" },
  "unsupported-media-type": { status: 415, title: "Send application/json" },
  internal: { status: 500, title: "Something went wrong here" },
  "store-failed": { status: 503, title: "The record cannot be read now" },
  "not-started": { status: 503, title: "The dashboard is still starting" },
} as const;
export type ProblemCode = keyof typeof PROBLEMS;

const TYPE_PREFIX = "urn:matriarch:problem:";

export const problemSchema = z.object({
  type: z.string().describe(`${TYPE_PREFIX}<code>`),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  reasons: z.array(messageSchema).optional().describe("What moved, blocks or was not acknowledged"),
  holder: z
    .object({
      operationId: z.string(),
      action: z.string(),
      actor: z.string(),
      dashboard: z.string(),
      at: instantSchema,
    })
    .nullable()
    .optional()
    .describe("Who was first, for `busy`"),
  operationId: z.string().nullable().optional().describe("The refused operation, or the one that used the plan"),
});
export type Problem = z.infer<typeof problemSchema>;

/** The answer for one problem. `detail` is read by people and must carry no secret. */
export function problemResponse(
  code: ProblemCode,
  detail?: string,
  headers: Record<string, string> = {},
  more: DeepReadonly<Pick<Problem, "reasons" | "holder" | "operationId">> = {},
): Response {
  const { status, title } = PROBLEMS[code];
  const body = { type: `${TYPE_PREFIX}${code}`, title, status, ...(detail === undefined ? {} : { detail }), ...more };
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/problem+json", "cache-control": "no-store", ...headers },
  });
}
