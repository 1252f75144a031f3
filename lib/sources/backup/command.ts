import type { BackupConfig } from "@/lib/config/types";
import type { BackupFacts } from "@/lib/domain/backups/facts";
import type { Result } from "@/lib/domain/observation";
import { failureText } from "@/lib/sources/shared/failure";
import { listCommand } from "./directory/listing";
import { parserOf } from "./parsers";
import { runCommand } from "./run-command";
import { sshCommand, sshFailure } from "./ssh";

/**
 * Asks a backup tool by its command line, on the dashboard's own host or through `ssh`. An exit code other than 0 is `failed` with what
 * the tool said on its standard error, unless it printed an answer: Barman and WAL-G do both at once.
 */
export async function askByCommand(config: BackupConfig, signal: AbortSignal): Promise<Result<BackupFacts>> {
  const { ssh, timeoutMs, outputMaxBytes } = config;
  const command = config.command.length > 0 ? config.command : listCommand(config.path ?? "");
  const argv = ssh ? sshCommand(ssh, command, timeoutMs) : command;
  const ran = await runCommand({ argv, timeoutMs, outputMaxBytes, signal });
  if (!ran.ok) return ran;
  const { code, stdout, stderr } = ran.value;
  const lost = ssh ? sshFailure(code, stderr) : null;
  if (lost) return { ok: false, failure: lost };
  const parsed = parserOf(config)(stdout);
  if (code === 0 || (parsed.ok && stdout.trim() !== "")) return parsed;
  // Barman says on its standard output what went wrong.
  if (!parsed.ok && parsed.failure.kind === "failed") return parsed;
  const said = stderr.trim() || stdout.trim();
  if (code === 127) return { ok: false, failure: failureText("unsupported", said || "no such program") };
  return { ok: false, failure: failureText("failed", `exit code ${code}${said === "" ? "" : `: ${said}`}`) };
}
