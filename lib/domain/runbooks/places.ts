/**
 * What texts and commands name that a picture does not show: addresses of the configuration, paths and services of the hosts. Without any
 * secret: it goes to browsers.
 */
export type RunbookPlaces = {
  readonly dcs: {
    readonly kind: "etcd3" | "etcd2" | "consul" | "none";
    readonly endpoints: readonly string[];
    /** Without slashes at either end. */
    readonly namespace: string;
  };
  /** Origins of members' REST APIs, as configured. */
  readonly patroniSeeds: readonly string[];
  readonly database: string | null;
  readonly pgbouncerPort: number | null;
  readonly haproxy: {
    readonly nodes: readonly string[];
    readonly writePool: string | null;
    readonly readPool: string | null;
  } | null;
  readonly vip: { readonly address: string; readonly writePort: number | null } | null;
  /** Of pgBackRest; null: none is configured. */
  readonly stanza: string | null;
  readonly hosts: HostNames;
  /** Data directories by member, as PostgreSQL itself told them. */
  readonly dataDirs: Readonly<Record<string, string>>;
};

/** What is called how on the hosts of a cluster, for people who work there. */
export type HostNames = {
  readonly patroniConfig: string;
  readonly patroniService: string;
  readonly etcdConfig: string;
  readonly etcdService: string;
  readonly haproxyConfig: string;
  readonly haproxyService: string;
  readonly keepalivedConfig: string;
  readonly keepalivedService: string;
  readonly pgbouncerConfig: string;
  readonly pgbouncerService: string;
  readonly pgbackrestConfig: string;
  /** Of the operating system. */
  readonly postgresUser: string;
  /** Null: as PostgreSQL says. */
  readonly dataDir: string | null;
  /** Null: Debian's folder of the cluster's release. */
  readonly binDir: string | null;
};

export const HOST_NAMES: HostNames = {
  patroniConfig: "/etc/patroni/patroni.yml",
  patroniService: "patroni",
  etcdConfig: "/etc/etcd/etcd.conf",
  etcdService: "etcd",
  haproxyConfig: "/etc/haproxy/haproxy.cfg",
  haproxyService: "haproxy",
  keepalivedConfig: "/etc/keepalived/keepalived.conf",
  keepalivedService: "keepalived",
  pgbouncerConfig: "/etc/pgbouncer/pgbouncer.ini",
  pgbouncerService: "pgbouncer",
  pgbackrestConfig: "/etc/pgbackrest.conf",
  postgresUser: "postgres",
  dataDir: null,
  binDir: null,
};
