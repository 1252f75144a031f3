import type { z } from "zod";
import { ACTION_KINDS } from "@/lib/domain/actions/request";
import { alertFields } from "./alert-fields";
import { backupEntry } from "./backup-fields";
import {
  duration,
  flag,
  hostPort,
  ipAddress,
  list,
  map,
  oneOf,
  origin,
  pageUrl,
  port,
  secret,
  secretFile,
  text,
  whole,
} from "./fields";
import { findingFields } from "./finding-fields";

/**
 * The grammar of `matriarch.yaml`. What concerns several keys at once (both forms of a secret, names given twice, what needs
 * what) is checked in `build.ts`, after every key has passed here.
 */

const INTERVAL_MIN_MS = 200;
const INTERVAL_MAX_MS = 3_600_000;
const TIMEOUT_MIN_MS = 100;
const TIMEOUT_MAX_MS = 60_000;
const APPROVAL_MIN_MS = 10_000;
const APPROVAL_MAX_MS = 86_400_000;
export const APPROVAL_DEFAULT_MS = 900_000;

const interval = (defaultMs: number) => duration(INTERVAL_MIN_MS, INTERVAL_MAX_MS).default(defaultMs);
const timeout = (defaultMs: number) => duration(TIMEOUT_MIN_MS, TIMEOUT_MAX_MS).default(defaultMs);
const name = (what: string) =>
  text(`${what} without spaces`).regex(/^\S{1,100}$/, { error: `${what} without spaces, up to 100 characters` });
const login = { username: text("a user's name").optional(), password: secret(), passwordFile: secretFile() };
const role = () => oneOf(["viewer", "operator", "admin"]);

const tls = map({
  ca: text("certificates in PEM form").optional(),
  caFile: secretFile(),
  cert: text("a certificate in PEM form").optional(),
  certFile: secretFile(),
  key: secret(),
  keyFile: secretFile(),
  insecure: flag().default(false),
});

const scopeText = "Patroni's scope: letters, digits, dots, dashes and underscores";

const cluster = map({
  scope: text(scopeText).regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, { error: scopeText }),
  title: text("a title").optional(),
  environment: text("a word such as production").optional(),
  dcs: map({
    kind: oneOf(["etcd3", "etcd2", "consul", "none"]),
    endpoints: list(origin("http://10.0.0.1:2379"), "addresses").default([]),
    namespace: text("a path such as /service/").default("service"),
    ...login,
    tls: tls.optional(),
  }).optional(),
  patroni: map({
    seeds: list(origin("http://10.0.0.1:8008"), "addresses").default([]),
    ...login,
    tls: tls.optional(),
    interval: interval(2_000),
    timeout: timeout(3_000),
  }).optional(),
  postgres: map({
    user: text("a role's name"),
    password: secret(),
    passwordFile: secretFile(),
    database: text("a database's name").default("postgres"),
    sslmode: oneOf(["disable", "prefer", "require", "verify-ca", "verify-full"]).default("prefer"),
    ca: text("certificates in PEM form").optional(),
    caFile: secretFile(),
    showQueries: oneOf(["viewer", "operator"]).default("operator"),
    interval: interval(2_000),
    vitalsInterval: interval(15_000),
    timeout: timeout(3_000),
  }).optional(),
  pgbouncer: map({
    port: port().default(6432),
    user: text("a user's name"),
    password: secret(),
    passwordFile: secretFile(),
    adminUser: text("a user's name").optional(),
    adminPassword: secret(),
    adminPasswordFile: secretFile(),
    interval: interval(5_000),
    timeout: timeout(2_000),
  }).optional(),
  haproxy: map({
    nodes: list(
      map({
        name: name("a name"),
        stats: pageUrl("http://10.0.0.1:5000/"),
        runtime: hostPort("10.0.0.1:9999").optional(),
        ...login,
      }),
      "HAProxy nodes",
    ).min(1, { error: "at least one HAProxy node" }),
    writePool: name("a pool's name").optional(),
    readPool: name("a pool's name").optional(),
    interval: interval(2_000),
    timeout: timeout(2_000),
  }).optional(),
  vip: map({
    address: ipAddress(),
    follows: oneOf(["leader", "haproxy"]).default("leader"),
    writePort: port().optional(),
    interval: interval(1_000),
    timeout: timeout(1_000),
  }).optional(),
  clientEye: map({
    user: text("a role's name").optional(),
    password: secret(),
    passwordFile: secretFile(),
    database: text("a database's name").optional(),
    interval: interval(250),
    timeout: timeout(1_000),
  }).optional(),
  backups: list(backupEntry, "backups").default([]),
  findings: findingFields.optional(),
  actions: map({
    approval: list(oneOf(ACTION_KINDS), "actions").default([]),
    approvalWithin: duration(APPROVAL_MIN_MS, APPROVAL_MAX_MS).default(APPROVAL_DEFAULT_MS),
    disabled: list(oneOf(ACTION_KINDS), "actions").default([]),
  }).optional(),
});

const SESSION_HOURS_MAX = 720;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const KEPT_MAX_MS = 3_660 * DAY_MS;
/** How long something is kept; the smallest leaves each resolution whole until the next coarser one is made of it. */
const kept = (minMs: number, defaultMs: number) => duration(minMs, KEPT_MAX_MS).default(defaultMs);
const retention = map({
  samples2s: kept(10 * MINUTE_MS, HOUR_MS),
  samples10s: kept(HOUR_MS, DAY_MS),
  samples1m: kept(DAY_MS, 30 * DAY_MS),
  samples10m: kept(DAY_MS, 365 * DAY_MS),
  events: kept(DAY_MS, 365 * DAY_MS),
  pictures: kept(HOUR_MS, 30 * DAY_MS),
});
export const RETENTION_DEFAULT = retention.parse({});

export const fileSchema = map({
  server: map({ port: port().optional(), publicUrl: origin("https://dba.example.com").optional() }).optional(),
  store: map({
    url: text("sqlite:<path> or postgres://…").optional(),
    urlFile: secretFile(),
    retention: retention.optional(),
  }).optional(),
  auth: map({
    users: list(
      map({ name: name("a user's name"), passwordHash: secret(), passwordHashFile: secretFile(), role: role() }),
      "users",
    ).default([]),
    tokens: list(
      map({ name: name("a token's name"), hash: secret(), hashFile: secretFile(), role: role() }),
      "tokens",
    ).default([]),
    secret: secret(),
    secretFile: secretFile(),
    sessionHours: whole(1, SESSION_HOURS_MAX, `whole hours from 1 to ${SESSION_HOURS_MAX}`).default(8),
  }).optional(),
  clusters: list(cluster, "clusters").min(1, { error: "at least one cluster" }),
  alerts: alertFields.optional(),
  metrics: map({ access: oneOf(["viewer", "anyone"]).default("viewer") }).optional(),
});

export type FileValues = z.output<typeof fileSchema>;
export type ClusterValues = FileValues["clusters"][number];
