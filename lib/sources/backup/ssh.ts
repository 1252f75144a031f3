import type { BackupConfig } from "@/lib/config/types";
import type { SourceFailure } from "@/lib/domain/observation";
import { failureText } from "@/lib/sources/shared/failure";

type Ssh = NonNullable<BackupConfig["ssh"]>;

const CONNECT_TIMEOUT_MAX_S = 10;
/** Exit code of the client itself; the remote command's own is passed on. */
const SSH_FAILED = 255;

/**
 * The command line of the system's `ssh` client: it asks nobody anything, and speaks only to a host whose key it knows. The remote
 * login shell gets the command as one quoted line; where the key has a forced command, that one runs in its place.
 */
export function sshCommand(ssh: Ssh, command: readonly string[], timeoutMs: number): string[] {
  const connectSeconds = Math.min(CONNECT_TIMEOUT_MAX_S, Math.max(1, Math.ceil(timeoutMs / 2_000)));
  return [
    "ssh",
    ...["-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=yes", "-o", `ConnectTimeout=${connectSeconds}`],
    ...["-o", "ServerAliveInterval=5", "-o", "ServerAliveCountMax=2", "-o", "ClearAllForwardings=yes"],
    ...(ssh.identityFile === null ? [] : ["-o", "IdentitiesOnly=yes", "-i", ssh.identityFile]),
    ...(ssh.knownHostsFile === null ? [] : ["-o", `UserKnownHostsFile=${ssh.knownHostsFile}`]),
    ...["-T", "-x", "-p", String(ssh.port), ...(ssh.user === null ? [] : ["-l", ssh.user]), "--", ssh.host],
    command.map(quoted).join(" "),
  ];
}

/** As a POSIX shell takes it literally. */
const quoted = (word: string): string =>
  /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

const WORDS: readonly (readonly [RegExp, SourceFailure["kind"]])[] = [
  [/host key verification failed|host key .* changed|no .* host key is known/i, "wrong-identity"],
  [/permission denied|too many authentication failures/i, "unauthorized"],
  [/could not resolve hostname/i, "dns"],
  [/connection refused/i, "refused"],
  [/connection timed out|operation timed out|no route to host|network is unreachable/i, "unreachable"],
  [/connection (closed|reset)|kex_exchange_identification/i, "reset"],
];

/** Why the client gave up, in its own words; null when it was the remote command that failed. */
export function sshFailure(code: number, stderr: string): SourceFailure | null {
  if (code !== SSH_FAILED) return null;
  const kind = WORDS.find(([pattern]) => pattern.test(stderr))?.[1] ?? "failed";
  return failureText(kind, lastLine(stderr));
}

const lastLine = (text: string): string => text.trim().split("\n").at(-1)?.trim() ?? "";
