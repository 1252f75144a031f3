import type { z } from "zod";
import { actions } from "@/lib/actions/current";
import type { Actions, Asker, Refusal } from "@/lib/actions/types";
import type { Actor } from "@/lib/auth/actor";
import { peerOf } from "@/lib/auth/peer";
import { config } from "@/lib/config/current";
import { problemResponse } from "@/lib/contract/problem";

/** No request that acts needs more, in bytes. */
const BODY_BYTES_MAX = 64 * 1024;

/** Answers by the pipeline of actions; a problem until it was started. */
export async function withActions(answer: (pipeline: Actions) => Promise<Response>): Promise<Response> {
  const pipeline = actions();
  return pipeline ? answer(pipeline) : problemResponse("not-started");
}

export const askerOf = (request: Request, actor: Actor): Asker => ({
  actor,
  from: peerOf(request.headers, config().server),
});

/** What was refused, as a problem that names its reasons and who was first. */
export const sendRefusal = ({ code, detail, reasons, holder, operationId }: Refusal): Response =>
  problemResponse(code, detail, {}, { reasons, holder, operationId });

type Body<T> = { readonly kind: "ok"; readonly value: T } | { readonly kind: "bad"; readonly response: Response };

/** The JSON of a request, checked; a problem names the field that is wrong. */
export async function bodyOf<S extends z.ZodType>(request: Request, schema: S): Promise<Body<z.output<S>>> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") return bad(problemResponse("unsupported-media-type"));
  const text = await textOf(request);
  if (text === null) return bad(problemResponse("too-large", `At most ${BODY_BYTES_MAX} bytes.`));
  const json = parsed(text);
  if (json === undefined) return bad(problemResponse("bad-request", "The body is not JSON."));
  const checked = schema.safeParse(json);
  if (checked.success) return { kind: "ok", value: checked.data };
  const [issue] = checked.error.issues;
  const path = issue?.path.join(".") ?? "";
  return bad(problemResponse("bad-request", `${path === "" ? "The body" : path}: ${issue?.message ?? "wrong"}`));
}

const bad = (response: Response): { readonly kind: "bad"; readonly response: Response } => ({ kind: "bad", response });

/** Null when there is more of it than may be. It is counted while it comes: what a header says of its length is not believed. */
async function textOf(request: Request): Promise<string | null> {
  const reader = request.body?.getReader();
  if (!reader) return "";
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(parts).toString("utf8");
    bytes += value.byteLength;
    if (bytes > BODY_BYTES_MAX) {
      await reader.cancel();
      return null;
    }
    parts.push(value);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
