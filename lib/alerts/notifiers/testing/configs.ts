import {
  type AlertmanagerConfig,
  Secret,
  type SlackConfig,
  type SmtpConfig,
  type TelegramConfig,
  type WebhookConfig,
} from "@/lib/config/types";

const BASE = {
  name: "test",
  language: "en",
  severities: ["critical", "unknown", "warn"],
  clusters: null,
  environments: null,
  timeoutMs: 2_000,
} as const;

export const telegram = (apiUrl: string, over: Partial<TelegramConfig> = {}): TelegramConfig => ({
  ...BASE,
  kind: "telegram",
  token: new Secret("123456:AAHsecretsecretsecret"),
  chatId: "-1001",
  apiUrl,
  ...over,
});
export const slack = (url: string): SlackConfig => ({ ...BASE, kind: "slack", url: new Secret(url) });
export const webhook = (url: string, secret: string | null = "shared secret"): WebhookConfig => ({
  ...BASE,
  kind: "webhook",
  url: new Secret(url),
  secret: secret === null ? null : new Secret(secret),
});
export const alertmanager = (urls: readonly string[]): AlertmanagerConfig => ({
  ...BASE,
  kind: "alertmanager",
  urls,
  username: null,
  password: null,
});
export const smtp = (port: number, over: Partial<SmtpConfig> = {}): SmtpConfig => ({
  ...BASE,
  kind: "smtp",
  host: "127.0.0.1",
  port,
  tls: "none",
  ca: null,
  insecure: false,
  username: null,
  password: null,
  from: "Matriarch <matriarch@example.com>",
  to: ["dba@example.com"],
  ...over,
});
