import type { Instant } from "./ids";

/** What is recorded when somebody does something, or tries to. */
export const AUDIT_KINDS = [
  "plan",
  "operation-requested",
  "operation-approved",
  "operation-withdrawn",
  "operation-refused",
  "operation-step",
  "operation-ended",
  "operation-resumed",
  "alert-acknowledged",
  "silence-made",
  "silence-ended",
  "notifier-tested",
  "sign-in",
  "sign-in-refused",
  "sign-out",
  "dashboard",
] as const;
export type AuditKind = (typeof AUDIT_KINDS)[number];

export type AuditEntry = {
  readonly kind: AuditKind;
  /** Null for what concerns no cluster. */
  readonly scope: string | null;
  /** A user's or token's name; `dashboard` for what it does by itself. */
  readonly actor: string;
  readonly role: string | null;
  /** Address that the request came from. */
  readonly from: string | null;
  readonly action: string | null;
  readonly operationId: string | null;
  readonly planId: string | null;
  readonly reason: string | null;
  /** The rest, as plain JSON without secrets: a plan's request and fence, a step, an answer, an outcome. */
  readonly data: Readonly<Record<string, unknown>>;
};

/** A row of the log. `hash` is SHA-256 over the row's canonical JSON, `prev` (the hash of the row before) included. */
export type AuditRow = AuditEntry & {
  /** 1, 2, 3 … without a gap. */
  readonly seq: number;
  readonly at: Instant;
  /** 64 hex digits; of the first row: zeros. */
  readonly prev: string;
  readonly hash: string;
};

export type AuditVerdict =
  | { readonly kind: "whole"; readonly rows: number; readonly lastHash: string | null }
  /**
   * `seq`: the first row that does not fit. `why`: its own hash is wrong, it does not follow the row before, or a row is missing.
   * `rows`: how many before it are whole.
   */
  | {
      readonly kind: "broken";
      readonly seq: number;
      readonly why: "hash" | "chain" | "missing";
      readonly rows: number;
    };
