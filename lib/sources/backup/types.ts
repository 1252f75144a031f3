import type { BackupFacts } from "@/lib/domain/backups/facts";
import type { Result } from "@/lib/domain/observation";

/** Makes facts of what a tool printed; `malformed` when it is not what the tool is known to print. */
export type ParseAnswer = (text: string) => Result<BackupFacts>;
