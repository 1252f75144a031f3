import type { Credentials } from "../secrets";
import type { HostName, PatroniTiming, ServiceName } from "../settings";

/** All a configuration template may know. Templates are pure: same plan, same text. */
export interface Plan {
  hosts: readonly HostName[];
  timing: PatroniTiming;
  credentials: Credentials;
  /** Major version of the tree's PostgreSQL, `17`. */
  postgresMajor: string;
}

/** A file to put into a host before its services start. */
export interface ConfigFile {
  path: string;
  text: string;
  mode: string;
  owner: string;
}

/** How a service is started: in the foreground, as this user, its output going to `/var/log/lab/NAME.log`. */
export interface Launch {
  service: Exclude<ServiceName, "postgres">;
  user: string;
  argv: string[];
}

export function dataDir(plan: Plan): string {
  return `/var/lib/postgresql/${plan.postgresMajor}/main`;
}

export function binDir(plan: Plan): string {
  return `/usr/lib/postgresql/${plan.postgresMajor}/bin`;
}
