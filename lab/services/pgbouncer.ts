import { PORTS } from "../settings";
import type { ConfigFile, Launch, Plan } from "./plan";

export function pgbouncerLaunch(): Launch {
  return { service: "pgbouncer", user: "postgres", argv: ["pgbouncer", "/etc/pgbouncer/pgbouncer.ini"] };
}

/**
 * The user list holds plain passwords: with SCRAM, PgBouncer needs them to log in to PostgreSQL itself.
 * `pgbadmin` and `matriarch`'s console rights exist in PgBouncer alone.
 * Behind the seed's bare wildcard a database, and with it the target, shows in the console only once a client has used it;
 * the two databases that the lab has are named beside it.
 * `server_login_retry` is 15 s by default, which would keep clients waiting long after a failover.
 */
export function pgbouncerFiles(plan: Plan): ConfigFile[] {
  const ini = `[databases]
postgres = host=127.0.0.1 port=${PORTS.postgres}
bench = host=127.0.0.1 port=${PORTS.postgres}
* = host=127.0.0.1 port=${PORTS.postgres}

[pgbouncer]
listen_addr = *
listen_port = ${PORTS.pgbouncer}
unix_socket_dir = /var/run/postgresql
auth_type = scram-sha-256
auth_file = /etc/pgbouncer/userlist.txt
admin_users = postgres, pgbadmin
stats_users = matriarch
pool_mode = transaction
max_client_conn = 500
default_pool_size = 25
reserve_pool_size = 5
reserve_pool_timeout = 3
log_connections = 0
log_disconnections = 0
log_pooler_errors = 1
server_idle_timeout = 600
server_lifetime = 3600
server_connect_timeout = 15
server_login_retry = 1
query_wait_timeout = 120
server_reset_query = DISCARD ALL
server_check_delay = 30
ignore_startup_parameters = extra_float_digits
`;
  const { postgres, pgbadmin, matriarch, bench } = plan.credentials;
  const users = Object.entries({ postgres, pgbadmin, matriarch, bench });
  const list = users.map(([name, password]) => `"${name}" "${password}"\n`).join("");
  const owned = { mode: "640", owner: "root:postgres" };
  return [
    { ...owned, path: "/etc/pgbouncer/pgbouncer.ini", text: ini },
    { ...owned, path: "/etc/pgbouncer/userlist.txt", text: list },
  ];
}
