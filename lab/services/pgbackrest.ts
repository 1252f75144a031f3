import { PORTS, SCOPE } from "../settings";
import { type ConfigFile, dataDir, type Plan } from "./plan";

/** The repository is one folder bound into every host, so whichever host leads can push and back up. */
export function pgbackrestFiles(plan: Plan): ConfigFile[] {
  const text = `[global]
repo1-path=/var/lib/pgbackrest
repo1-retention-full=2
start-fast=y
process-max=1
compress-type=gz
compress-level=1
log-level-file=off
log-level-console=info

[${SCOPE}]
pg1-path=${dataDir(plan)}
pg1-port=${PORTS.postgres}
pg1-socket-path=/var/run/postgresql
`;
  return [{ path: "/etc/pgbackrest/pgbackrest.conf", text, mode: "640", owner: "root:postgres" }];
}

/** A full backup; run on the host that leads. */
export const FULL_BACKUP = ["pgbackrest", `--stanza=${SCOPE}`, "--type=full", "backup"];
