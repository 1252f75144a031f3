import type { BackupConfig } from "@/lib/config/types";
import type { BackupFacts } from "@/lib/domain/backups/facts";
import type { Result } from "@/lib/domain/observation";
import { askByCommand } from "./command";
import { readDirectory } from "./directory/read";

/** Asks a source that has one place of its own; those that go by `sql` are asked at each member. */
export const askBackups = (config: BackupConfig, signal: AbortSignal): Promise<Result<BackupFacts>> =>
  config.via === "directory" ? readDirectory(config, signal) : askByCommand(config, signal);
