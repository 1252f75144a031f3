import { clusterScope } from "@/lib/domain/ids";
import { ALERTS_DEFAULT } from "./alert-fields";
import type { KeyPath } from "./problem";
import type { FileValues } from "./schema";
import type { Report, SecretReader } from "./secrets";
import { reportTwins } from "./twins";
import { type AlertsConfig, type NotifierConfig, type NotifierKind, Secret } from "./types";

type Tools = { readonly secrets: SecretReader; readonly report: Report };
type Values = NonNullable<FileValues["alerts"]>["notifiers"][number];
type Base = Pick<NotifierConfig, "name" | "language" | "severities" | "clusters" | "environments" | "timeoutMs">;

const SMTP_PORT = { starttls: 587, implicit: 465, none: 25 } as const;
const TELEGRAM_API = "https://api.telegram.org";

/** Keys of each kind beside those of all; each secret stands for its `…File` form too. */
const KEYS: Readonly<
  Record<NotifierKind, { readonly needed: readonly string[]; readonly optional: readonly string[] }>
> = {
  smtp: { needed: ["host", "from", "to"], optional: ["port", "tls", "ca", "insecure", "username", "password"] },
  telegram: { needed: ["token", "chatId"], optional: ["apiUrl"] },
  slack: { needed: ["url"], optional: [] },
  webhook: { needed: ["url"], optional: ["secret"] },
  alertmanager: { needed: ["urls"], optional: ["username", "password"] },
};
const OF_ALL = ["name", "kind", "language", "severities", "clusters", "environments", "timeout"];

/** Puts `alerts` together. Alerts are kept without it too; then nobody is told of them. */
export function buildAlerts(values: FileValues, tools: Tools): AlertsConfig {
  const alerts = values.alerts ?? ALERTS_DEFAULT;
  const path = ["alerts"];
  reportTwins(alerts.notifiers, ({ name }) => name, [...path, "notifiers"], "name", tools.report);
  return {
    holdMs: alerts.hold,
    holdCriticalMs: alerts.holdCritical,
    resolveAfterMs: alerts.resolveAfter,
    batchMs: alerts.batch,
    remindAfterMs: alerts.remind ? alerts.remindAfter : null,
    notifiers: alerts.notifiers.map((notifier, index) =>
      buildNotifier(notifier, values, [...path, "notifiers", index], tools),
    ),
    deadMan: alerts.deadMan
      ? { url: secretUrl(alerts.deadMan, [...path, "deadMan"], tools), everyMs: alerts.deadMan.every }
      : null,
  };
}

function buildNotifier(values: Values, file: FileValues, path: KeyPath, tools: Tools): NotifierConfig {
  reportKeys(values, path, tools.report);
  reportUnknownClusters(values, file, path, tools.report);
  const base: Base = {
    name: values.name,
    language: values.language,
    severities: values.severities,
    clusters: values.clusters?.map(clusterScope) ?? null,
    environments: values.environments ?? null,
    timeoutMs: values.timeout,
  };
  switch (values.kind) {
    case "smtp":
      return buildSmtp(values, base, path, tools);
    case "telegram":
      return {
        ...base,
        kind: "telegram",
        token: tools.secrets.secret(path, values, "token") ?? NOTHING,
        chatId: values.chatId ?? "",
        apiUrl: (values.apiUrl ?? TELEGRAM_API).replace(/\/+$/, ""),
      };
    case "slack":
      return { ...base, kind: "slack", url: secretUrl(values, path, tools) };
    case "webhook":
      return {
        ...base,
        kind: "webhook",
        url: secretUrl(values, path, tools),
        secret: tools.secrets.secret(path, values, "secret"),
      };
    case "alertmanager":
      return {
        ...base,
        kind: "alertmanager",
        urls: values.urls?.map((url) => url.replace(/\/+$/, "")) ?? [],
        ...buildLogin(values, path, tools),
      };
  }
}

function buildSmtp(values: Values, base: Base, path: KeyPath, tools: Tools): NotifierConfig {
  const tls = values.tls ?? "starttls";
  const login = buildLogin(values, path, tools);
  if (tls === "none" && login.password) {
    tools.report([...path, "tls"], "starttls or implicit where a password is sent", "none");
  }
  return {
    ...base,
    kind: "smtp",
    host: values.host ?? "",
    port: values.port ?? SMTP_PORT[tls],
    tls,
    ca: tools.secrets.text(path, values, "ca"),
    insecure: values.insecure ?? false,
    ...login,
    from: values.from ?? "",
    to: values.to ?? [],
  };
}

/** Stands where a mistake was reported: a configuration with one is never used. */
const NOTHING = new Secret("");

/** Who knows such an address may use it: it may carry a token, in its path or behind a question mark. */
function secretUrl(values: Readonly<Record<string, unknown>>, path: KeyPath, { secrets, report }: Tools): Secret {
  const url = secrets.secret(path, values, "url");
  const given = values.url !== undefined || values.urlFile !== undefined;
  if (!url && !given) report([...path, "url"], "an http:// or https:// address", "nothing");
  if (url && !isHttp(url.reveal())) {
    report(
      [...path, values.urlFile === undefined ? "url" : "urlFile"],
      "an http:// or https:// address",
      "another text (not shown)",
    );
  }
  return url ?? NOTHING;
}

function isHttp(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && username === "" && password === "";
}

function buildLogin(values: Values, path: KeyPath, { secrets, report }: Tools) {
  const password = secrets.secret(path, values, "password");
  const given = values.password !== undefined || values.passwordFile !== undefined;
  const username = values.username ?? null;
  if (given && username === null) report([...path, "username"], "a user's name to go with the password", "nothing");
  if (!given && username !== null) report([...path, "password"], "a password to go with the username", "nothing");
  return { username, password };
}

function reportKeys(values: Values, path: KeyPath, report: Report): void {
  const { needed, optional } = KEYS[values.kind];
  const known = [...OF_ALL, ...needed, ...optional];
  for (const [key, value] of Object.entries(values)) {
    if (value === undefined || known.includes(key) || known.includes(key.replace(/File$/, ""))) continue;
    report([...path, key], `one of the keys ${known.join(", ")}, as kind is ${values.kind}`, "a key of another kind");
  }
  const given = values as Readonly<Record<string, unknown>>;
  for (const key of needed.filter((one) => one !== "url")) {
    if (given[key] === undefined && given[`${key}File`] === undefined) {
      report([...path, key], `a value, as kind is ${values.kind}`, "nothing");
    }
  }
}

/** A misspelt filter would keep quiet what somebody waits for. */
function reportUnknownClusters(values: Values, { clusters }: FileValues, path: KeyPath, report: Report): void {
  for (const [index, scope] of (values.clusters ?? []).entries()) {
    if (!clusters.some((cluster) => cluster.scope === scope)) {
      report([...path, "clusters", index], "the scope of a configured cluster", "another text");
    }
  }
  const environments = clusters.flatMap(({ environment }) => environment ?? []);
  for (const [index, environment] of (values.environments ?? []).entries()) {
    if (!environments.includes(environment)) {
      report([...path, "environments", index], "the environment of a configured cluster", "another text");
    }
  }
}
