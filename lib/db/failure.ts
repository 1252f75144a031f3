import type { StoreFailure } from "./types";

/** What a database said, as data that crosses rooms: match on `failure.kind`. */
export class StoreError extends Error {
  readonly failure: StoreFailure;
  constructor(kind: StoreFailure["kind"], text: string) {
    super(text);
    this.failure = { kind, text };
  }

  static ofSqlite(code: string | null, text: string): StoreError {
    return new StoreError(sqliteKind(code, text), code === null ? text : `${code}: ${text}`);
  }
}

function sqliteKind(code: string | null, text: string): StoreFailure["kind"] {
  if (code === "SQLITE_FULL" || code === "ENOSPC" || /no space left|disk is full/i.test(text)) return "full";
  if (code === null) return "failed";
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(code)) return "corrupt";
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) return "slow";
  if (/^SQLITE_(CANTOPEN|IOERR|READONLY|PERM|AUTH|NOLFS|PROTOCOL)/.test(code)) return "unavailable";
  return /^E[A-Z]+$/.test(code) ? "unavailable" : "failed";
}

/** The SQLSTATEs of PostgreSQL by what they mean to us; what is no SQLSTATE is the way to the server. */
function postgresKind(code: string | null, text: string): StoreFailure["kind"] {
  if (code === "53100" || /no space left|disk full/i.test(text)) return "full";
  if (code === "57014" || code === "55P03" || /timeout/i.test(text)) return "slow";
  if (code === null) return "unavailable";
  if (/^XX00[12]$/.test(code)) return "corrupt";
  if (/^(22|23|42|0A|21|25)/.test(code)) return "failed";
  return "unavailable";
}

/** Of anything thrown while we dealt with PostgreSQL. Its text never holds the connection's password. */
export function postgresFailureOf(error: unknown): StoreFailure {
  const own = ownFailure(error);
  if (own) return own;
  const code =
    typeof error === "object" && error !== null && "code" in error && typeof error.code === "string"
      ? error.code
      : null;
  const text = error instanceof Error ? error.message || code || error.name : String(error);
  const sqlState = code !== null && /^[0-9A-Z]{5}$/.test(code) ? code : null;
  return { kind: postgresKind(sqlState, `${code ?? ""} ${text}`), text };
}

export function sqliteFailureOf(error: unknown): StoreFailure {
  return ownFailure(error) ?? { kind: "failed", text: error instanceof Error ? error.message : String(error) };
}

function ownFailure(error: unknown): StoreFailure | null {
  return error instanceof StoreError ? error.failure : null;
}
