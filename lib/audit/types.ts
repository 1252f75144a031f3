import type { Stored } from "@/lib/db/types";
import type { AuditEntry, AuditKind, AuditRow, AuditVerdict } from "@/lib/domain/audit";
import type { EpochMs } from "@/lib/domain/ids";

export { AUDIT_KINDS, type AuditEntry, type AuditKind, type AuditRow, type AuditVerdict } from "@/lib/domain/audit";

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

/** Append-only: there is no way here to change or remove a row, and the tables refuse it. */
export type AuditLog = {
  /**
   * Of several dashboards that append at once to one store, each gets a place of its own in the chain. After a failure the row may have
   * been written all the same (a time-out): when the same entry (the very object) is then appended again, it is still written once.
   */
  append(entry: AuditEntry, at?: EpochMs): Promise<Stored<AuditRow>>;
  list(query: AuditQuery): Promise<Stored<readonly AuditRow[]>>;
  /** The rows that follow `seq`, oldest first, as they are stored: for reading all of them in pieces. */
  after(seq: number, limit: number): Promise<Stored<readonly AuditRow[]>>;
  /** Walks the whole chain in pieces. */
  verify(): Promise<Stored<AuditVerdict>>;
};
