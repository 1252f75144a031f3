import { buildAlerts } from "./build-alerts";
import { buildCluster } from "./build-cluster";
import { parsePasswordHash } from "./password-hash";
import { type FileValues, RETENTION_DEFAULT } from "./schema";
import type { Report, SecretReader } from "./secrets";
import { reportTwins } from "./twins";
import { type Config, Secret } from "./types";

const TOKEN_HASH = /^sha256:[0-9a-f]{64}$/i;
const STORE_URL = /^(sqlite:.+|postgres(ql)?:\/\/.+)$/;
const SESSION_SECRET_CHARS_MIN = 32;
const DEFAULT_STORE = "sqlite:./data/matriarch.db";
const DEFAULT_PORT = 3000;

type Tools = { readonly secrets: SecretReader; readonly report: Report };

/** Puts the checked values together. Whatever it reports, the result must not be used when anything was reported. */
export function buildConfig(path: string, values: FileValues, tools: Tools): Config {
  reportTwins(values.clusters, (cluster) => cluster.scope, ["clusters"], "scope", tools.report);
  return {
    path,
    server: { port: values.server?.port ?? DEFAULT_PORT, publicUrl: values.server?.publicUrl ?? null },
    store: { url: buildStoreUrl(values, tools), retention: values.store?.retention ?? RETENTION_DEFAULT },
    auth: buildAuth(values, tools),
    clusters: values.clusters.map((cluster, index) => buildCluster(cluster, ["clusters", index], tools)),
    alerts: buildAlerts(values, tools),
    metrics: { access: values.metrics?.access ?? "viewer" },
  };
}

function buildStoreUrl({ store }: FileValues, { secrets, report }: Tools): Secret {
  const url = secrets.text(["store"], store ?? {}, "url");
  if (url !== null && !STORE_URL.test(url)) {
    const key = store?.urlFile === undefined ? "url" : "urlFile";
    report(["store", key], "sqlite:<path> or postgres://user:password@host/database", "another text (not shown)");
  }
  return new Secret(url ?? DEFAULT_STORE);
}

function buildAuth({ auth }: FileValues, tools: Tools): Config["auth"] {
  const users = auth?.users ?? [];
  const tokens = auth?.tokens ?? [];
  reportTwins(users, (user) => user.name, ["auth", "users"], "name", tools.report);
  reportTwins(tokens, (token) => token.name, ["auth", "tokens"], "name", tools.report);
  return {
    users: users.map((user, index) => ({
      name: user.name,
      passwordHash: new Secret(checkedHash(user, ["auth", "users", index], PASSWORD_HASH, tools)),
      role: user.role,
    })),
    tokens: tokens.map((token, index) => ({
      name: token.name,
      hash: checkedHash(token, ["auth", "tokens", index], TOKEN, tools).toLowerCase(),
      role: token.role,
    })),
    secret: buildSessionSecret(auth, tools),
    sessionHours: auth?.sessionHours ?? 8,
  };
}

const PASSWORD_HASH = {
  key: "passwordHash",
  expected: "a password hash as npm run hash-password prints it (scrypt:…)",
  accepts: (hash: string) => parsePasswordHash(hash) !== null,
};
const TOKEN = {
  key: "hash",
  expected: "sha256: and the token's SHA-256 in 64 hexadecimal digits",
  accepts: (hash: string) => TOKEN_HASH.test(hash),
};

function checkedHash(
  values: Readonly<Record<string, unknown>>,
  path: readonly (string | number)[],
  { key, expected, accepts }: typeof PASSWORD_HASH,
  { secrets, report }: Tools,
): string {
  const hash = secrets.text(path, values, key);
  const file = values[`${key}File`] !== undefined;
  if (hash === null && values[key] === undefined && !file) report([...path, key], expected, "nothing");
  if (hash !== null && !accepts(hash))
    report([...path, file ? `${key}File` : key], expected, "another text (not shown)");
  return hash ?? "";
}

function buildSessionSecret(auth: FileValues["auth"], { secrets, report }: Tools): Secret | null {
  const secret = secrets.secret(["auth"], auth ?? {}, "secret");
  if (secret && secret.reveal().length < SESSION_SECRET_CHARS_MIN) {
    const key = auth?.secretFile === undefined ? "secret" : "secretFile";
    report(["auth", key], `at least ${SESSION_SECRET_CHARS_MIN} characters`, "fewer");
  }
  return secret;
}
