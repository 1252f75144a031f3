import { z } from "zod";

/** Errors of the interface, RFC 9457. `type` is what programs tell them apart by; the texts are for people. */
export const PROBLEMS = {
  "bad-request": { status: 400, title: "The request cannot be understood" },
  unauthenticated: { status: 401, title: "Sign in, or send a token" },
  forbidden: { status: 403, title: "Your role may not do this" },
  "cross-site": { status: 403, title: "The request comes from another site" },
  "not-found": { status: 404, title: "There is no such thing" },
  "not-recorded": { status: 404, title: "Nobody was looking at that moment" },
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
});
export type Problem = z.infer<typeof problemSchema>;

/** The answer for one problem. `detail` is read by people and must carry no secret. */
export function problemResponse(code: ProblemCode, detail?: string, headers: Record<string, string> = {}): Response {
  const { status, title } = PROBLEMS[code];
  const body: Problem = { type: `${TYPE_PREFIX}${code}`, title, status, ...(detail === undefined ? {} : { detail }) };
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/problem+json", "cache-control": "no-store", ...headers },
  });
}
