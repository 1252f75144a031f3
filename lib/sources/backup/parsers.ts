import { basename } from "node:path";
import type { BackupConfig } from "@/lib/config/types";
import { parseBarman } from "./barman/parse";
import { readListing } from "./directory/listing";
import { parsePgbackrest } from "./pgbackrest/parse";
import type { ParseAnswer } from "./types";
import { parseWalg } from "./wal-g/parse";

type Spoken = Pick<BackupConfig, "kind" | "stanza" | "name" | "path">;

/** How the answer of each tool is read. */
export function parserOf({ kind, stanza, name, path }: Spoken): ParseAnswer {
  switch (kind) {
    case "wal-g":
      return (text) => parseWalg(text, stanza ?? name);
    case "barman":
      return parseBarman;
    case "directory":
      return (text) => readListing(text, stanza ?? basename(path ?? name));
    case "pgbackrest":
      return parsePgbackrest;
  }
}
