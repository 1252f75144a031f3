import { randomBytes } from "node:crypto";

/** Passwords of one lab: made anew at each `up`, kept in the state folder only. */
export interface Credentials {
  postgres: string;
  replicator: string;
  rewind: string;
  matriarch: string;
  matriarchBare: string;
  bench: string;
  pgbadmin: string;
  patroniRest: string;
  haproxyStats: string;
  keepalived: string;
}

/** Letters and digits only: these travel through YAML, ini files, libpq strings and URLs unquoted. */
function password(length = 24): string {
  return randomBytes(64)
    .toString("base64")
    .replace(/[^A-Za-z0-9]/g, "")
    .slice(0, length);
}

export function generateCredentials(): Credentials {
  return {
    postgres: password(),
    replicator: password(),
    rewind: password(),
    matriarch: password(),
    matriarchBare: password(),
    bench: password(),
    pgbadmin: password(),
    patroniRest: password(),
    haproxyStats: password(),
    // VRRP simple authentication carries eight bytes; keepalived cuts a longer one and warns.
    keepalived: password(8),
  };
}
