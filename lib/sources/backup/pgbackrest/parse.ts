import type { BackupFacts } from "@/lib/domain/backups/facts";
import { ok, type Result } from "@/lib/domain/observation";
import { failureText } from "@/lib/sources/shared/failure";
import { parseJson } from "@/lib/sources/shared/json";
import { toPgbackrestFacts } from "./map";
import { infoSchema } from "./schema";

/** Reads what `pgbackrest --output=json info` printed. An empty list is an answer: no stanza is known there. */
export function parsePgbackrest(text: string): Result<BackupFacts> {
  if (text.trim() === "") return malformed("nothing was printed");
  const parsed = infoSchema.safeParse(parseJson(text));
  if (parsed.success) return ok(toPgbackrestFacts(parsed.data));
  const issue = parsed.error.issues[0];
  return malformed(`${issue?.path.join(".") || "the answer"}: ${issue?.message ?? "not understood"}`);
}

const malformed = (why: string): Result<BackupFacts> => ({
  ok: false,
  failure: failureText("malformed", `pgbackrest info: ${why}`),
});
