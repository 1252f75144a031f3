import type { CallAnswer } from "@/lib/domain/actions/operation";
import { type EpochMs, instant } from "@/lib/domain/ids";
import { redact } from "./failure";

/** The most of a system's own words that is kept. */
const SAID_LENGTH_MAX = 300;

/** What a system said, as it may be kept and shown: one line, no markup, no credentials, at most 300 characters. */
export function said(text: string): string {
  const bare = text
    .replace(/<(head|style|script)\b[\s\S]*?<\/\1>/gi, " ")
    .replace(/<[^<>]*>/g, " ")
    .replace(/&(amp|lt|gt|quot|#x?\w+);/g, (all, name: string) => ENTITIES[name] ?? all);
  return redact(bare, SAID_LENGTH_MAX);
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', "#x27": "'", "#39": "'" };

export type Answering = (
  kind: CallAnswer["kind"],
  text: string,
  more?: { readonly status?: number | null; readonly member?: CallAnswer["member"] },
) => CallAnswer;

/** Begins the clock of one call; each answer says when it was sent and how long it took. */
export function answering(call: string, now: () => EpochMs = Date.now): Answering {
  const sentAt = now();
  const started = performance.now();
  return (kind, text, { status = null, member = null } = {}) => ({
    kind,
    call,
    status,
    text: said(text),
    member,
    sentAt: instant(sentAt),
    tookMs: Math.round(performance.now() - started),
  });
}
