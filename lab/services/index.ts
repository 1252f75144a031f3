import { type HostName, SERVICES, type ServiceName } from "../settings";
import { etcdLaunch } from "./etcd";
import { haproxyFiles, haproxyLaunch } from "./haproxy";
import { keepalivedFiles, keepalivedLaunch } from "./keepalived";
import { patroniFiles, patroniLaunch } from "./patroni";
import { pgbackrestFiles } from "./pgbackrest";
import { pgbouncerFiles, pgbouncerLaunch } from "./pgbouncer";
import type { ConfigFile, Launch, Plan } from "./plan";

export function configFiles(host: HostName, plan: Plan): ConfigFile[] {
  return [
    ...patroniFiles(host, plan),
    ...pgbackrestFiles(plan),
    ...pgbouncerFiles(plan),
    ...haproxyFiles(plan),
    ...keepalivedFiles(host, plan),
  ];
}

/** How to start a service on a host; null when it has none there (etcd beyond the third host, `postgres`). */
export function launchOf(service: ServiceName, host: HostName, plan: Plan): Launch | null {
  switch (service) {
    case "etcd":
      return etcdLaunch(host, plan);
    case "patroni":
      return patroniLaunch();
    case "pgbouncer":
      return pgbouncerLaunch();
    case "haproxy":
      return haproxyLaunch();
    case "keepalived":
      return keepalivedLaunch();
    case "postgres":
      return null;
  }
}

/** Services that should run on a host, in starting order; `postgres` comes with Patroni. */
export function servicesOf(host: HostName, plan: Plan): ServiceName[] {
  return SERVICES.filter((service) => service === "postgres" || launchOf(service, host, plan) !== null);
}
