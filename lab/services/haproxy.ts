import { type HostName, hostAddress, PORTS, READ_POOL, WRITE_POOL } from "../settings";
import type { ConfigFile, Launch, Plan } from "./plan";

export const HAPROXY_SOCKET = "/run/haproxy/admin.sock";

/** Stays in the foreground (`-db`): its log goes to standard output, no syslog needed. It drops root itself. */
export function haproxyLaunch(): Launch {
  return { service: "haproxy", user: "root", argv: ["haproxy", "-db", "-f", "/etc/haproxy/haproxy.cfg"] };
}

/**
 * Traffic goes to each host's PgBouncer, but the check asks that host's Patroni who it is.
 * Two traps: a `maxconn` above what the file limit allows (about two descriptors a connection) stops
 * HAProxy at start; and a bare `option httpchk` asks `/`, which on Patroni means the primary, so the
 * read pool has to name `/replica`.
 */
export function haproxyFiles(plan: Plan): ConfigFile[] {
  const text = `global
    maxconn 4000
    log stdout format raw local0 notice
    stats socket ${HAPROXY_SOCKET} mode 660 level admin
    stats socket ipv4@*:${PORTS.runtime} level admin
    stats timeout 30s
    user haproxy
    group haproxy

defaults
    log global
    mode tcp
    option dontlognull
    option redispatch
    retries 3
    timeout connect 5s
    timeout client 1h
    timeout server 1h
    timeout check 2s

listen stats
    mode http
    timeout client 30s
    timeout server 30s
    bind *:${PORTS.stats}
    stats enable
    stats uri /
    stats refresh 10s
    stats admin if TRUE
    stats auth admin:${plan.credentials.haproxyStats}

${pool(WRITE_POOL, PORTS.write, "/primary", plan.hosts)}
${pool(READ_POOL, PORTS.read, "/replica", plan.hosts, "    balance leastconn\n")}`;
  return [{ path: "/etc/haproxy/haproxy.cfg", text, mode: "640", owner: "root:haproxy" }];
}

function pool(name: string, port: number, check: string, hosts: readonly HostName[], extra = ""): string {
  const server = (host: HostName) =>
    `    server ${host} ${hostAddress(host)}:${PORTS.pgbouncer} maxconn 300 check port ${PORTS.patroni}\n`;
  return `listen ${name}
    bind *:${port}
${extra}    option httpchk
    http-check send meth OPTIONS uri ${check}
    http-check expect status 200
    default-server inter 1s fall 2 rise 2 on-marked-down shutdown-sessions
${hosts.map(server).join("")}`;
}
