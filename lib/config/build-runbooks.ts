import { resolve } from "node:path";
import { HOST_NAMES, type HostNames } from "@/lib/domain/runbooks/places";
import type { ClusterValues, FileValues } from "./schema";
import type { ClusterConfig, Config } from "./types";

/** Runbooks of the user's own; a relative folder is taken from that of the configuration. */
export function buildRunbooks({ runbooks }: FileValues, folder: string): Config["runbooks"] {
  return {
    folder: runbooks?.folder === undefined ? null : resolve(/* turbopackIgnore: true */ folder, runbooks.folder),
  };
}

/** How things are called on the hosts: what the file gives, and what is usual for the rest. */
export function buildHosts({ runbooks, backups }: ClusterValues): ClusterConfig["runbooks"] {
  const { stanza, ...given } = runbooks ?? {};
  const named = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const hosts: HostNames = { ...HOST_NAMES, ...named };
  const configured = backups.find(({ kind }) => kind === "pgbackrest")?.stanza;
  return { stanza: stanza ?? configured ?? null, hosts };
}
