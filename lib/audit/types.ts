import type { Stored } from "@/lib/db/types";
import type { EpochMs, Instant } from "@/lib/domain/ids";

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

export type AuditQuery = {
  readonly from: EpochMs | null;
  readonly to: EpochMs | null;
  readonly kinds: readonly AuditKind[] | null;
  readonly scope: string | null;
  readonly actor: string | null;
  readonly action: string | null;
  readonly operationId: string | null;
  /** Every word must occur somewhere in the row. */
  readonly search: string | null;
  /** Only rows before this one, newest first. */
  readonly beforeSeq: number | null;
  readonly limit: number;
};

export type AuditVerdict =
  | { readonly kind: "whole"; readonly rows: number; readonly lastHash: string | null }
  /** `seq`: the first row that does not fit. `why`: its own hash is wrong, it does not follow the row before, or a row is missing. */
  | {
      readonly kind: "broken";
      readonly seq: number;
      readonly why: "hash" | "chain" | "missing";
      readonly rows: number;
    };

/** Append-only: there is no way here to change or remove a row, and the tables refuse it. */
export type AuditLog = {
  /** Of several dashboards that append at once to one store, each gets a place of its own in the chain. */
  append(entry: AuditEntry, at?: EpochMs): Promise<Stored<AuditRow>>;
  list(query: AuditQuery): Promise<Stored<readonly AuditRow[]>>;
  /** Walks the whole chain in pieces. */
  verify(): Promise<Stored<AuditVerdict>>;
};
