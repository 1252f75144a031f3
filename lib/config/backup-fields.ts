import { duration, list, map, oneOf, port, text, whole } from "./fields";

/** The grammar of one entry of `backups`. What goes with which `kind` and `via` is checked in `build-backups.ts`. */

const INTERVAL_MIN_MS = 1_000;
const INTERVAL_MAX_MS = 3_600_000;
const TIMEOUT_MIN_MS = 500;
const TIMEOUT_MAX_MS = 300_000;
const MAX_AGE_MIN_MS = 60_000;
const MAX_AGE_MAX_MS = 1_000 * 3_600_000;
const MINUTE_MS = 60_000;
const TIMEOUT_MS = 30_000;
/** A day, and two hours for the backup itself to run and to run late. */
const MAX_AGE_MS = 26 * 60 * MINUTE_MS;

const nameText = "a name of letters, digits, dots, dashes and underscores";
const functionText = "a function's name with its schema, such as matriarch.pgbackrest_info";
const word = (expected: string) => text(expected).regex(/^\S{1,200}$/, { error: `${expected} without spaces` });

export const backupEntry = map({
  kind: oneOf(["pgbackrest", "wal-g", "barman", "directory"]),
  name: text(nameText)
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, { error: nameText })
    .optional(),
  stanza: word("a stanza's name (for barman: a server's)").optional(),
  via: oneOf(["sql", "command", "ssh", "directory"]).optional(),
  function: text(functionText)
    .regex(/^[A-Za-z_][A-Za-z0-9_$]{0,62}(\.[A-Za-z_][A-Za-z0-9_$]{0,62})?$/, { error: functionText })
    .optional(),
  command: list(text("a word of a command line"), "words of a command line: the program first, no shell").optional(),
  ssh: map({
    host: word("a host's name or address").regex(/^[^-]/, { error: "a host's name or address" }),
    user: word("a user's name").regex(/^[^-]/, { error: "a user's name" }).optional(),
    port: port().default(22),
    identityFile: text("the path of a private key").optional(),
    knownHostsFile: text("the path of a known_hosts file").optional(),
  }).optional(),
  path: text("the path of a folder that holds base backups").optional(),
  interval: duration(INTERVAL_MIN_MS, INTERVAL_MAX_MS).default(MINUTE_MS),
  timeout: duration(TIMEOUT_MIN_MS, TIMEOUT_MAX_MS).default(TIMEOUT_MS),
  maxAge: duration(MAX_AGE_MIN_MS, MAX_AGE_MAX_MS).default(MAX_AGE_MS),
  outputLimitMb: whole(1, 512, "whole megabytes from 1 to 512").default(32),
});
