import type { BackupConfig } from "@/lib/config/types";
import { parseBarman } from "./barman/parse";
import { parsePgbackrest } from "./pgbackrest/parse";
import type { ParseAnswer } from "./types";
import { parseWalg } from "./wal-g/parse";

/** How the answer of each tool is read. */
export function parserOf({ kind, stanza, name }: Pick<BackupConfig, "kind" | "stanza" | "name">): ParseAnswer {
  switch (kind) {
    case "wal-g":
      return (text) => parseWalg(text, stanza ?? name);
    case "barman":
      return parseBarman;
    case "pgbackrest":
    case "directory":
      return parsePgbackrest;
  }
}
