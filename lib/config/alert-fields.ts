import { SEVERITIES } from "@/lib/domain/findings/finding";
import { duration, flag, list, map, oneOf, pageUrl, port, secret, secretFile, text } from "./fields";
import { NOTIFIER_KINDS } from "./types";

/** The grammar of `alerts`. What goes with which kind of notifier is checked in `build-alerts.ts`. */

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const nameText = "a name of letters, digits, dots, dashes and underscores";
const addressText = "a mail address, such as dba@example.com";
const mailAddress = () =>
  text(addressText).regex(/^[^\s<>@"]+@[^\s<>@"]+$|^[^<>@\r\n"]+ <[^\s<>@"]+@[^\s<>@"]+>$/, { error: addressText });
const chatText = "a chat's number in quotes or its @name";

const notifier = map({
  name: text(nameText).regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, { error: nameText }),
  kind: oneOf(NOTIFIER_KINDS),
  language: oneOf(["en", "ru"]).default("en"),
  severities: list(oneOf(SEVERITIES), "severities")
    .min(1, { error: "at least one severity" })
    .default(["critical", "unknown", "warn"]),
  clusters: list(text("a cluster's scope"), "scopes").optional(),
  environments: list(text("a word such as production"), "environments").optional(),
  timeout: duration(SECOND_MS, MINUTE_MS).default(10 * SECOND_MS),
  host: text("a mail server's name or address").optional(),
  port: port().optional(),
  tls: oneOf(["starttls", "implicit", "none"]).optional(),
  ca: text("certificates in PEM form").optional(),
  caFile: secretFile(),
  insecure: flag().optional(),
  username: text("a user's name").optional(),
  password: secret(),
  passwordFile: secretFile(),
  from: mailAddress().optional(),
  to: list(mailAddress(), "mail addresses").min(1, { error: "at least one mail address" }).optional(),
  token: secret(),
  tokenFile: secretFile(),
  chatId: text(chatText)
    .regex(/^(-?\d{1,20}|@[A-Za-z0-9_]{3,64})$/, { error: chatText })
    .optional(),
  apiUrl: pageUrl("https://api.telegram.org").optional(),
  url: secret(),
  urlFile: secretFile(),
  secret: secret(),
  secretFile: secretFile(),
  urls: list(pageUrl("http://10.0.0.9:9093"), "addresses").min(1, { error: "at least one address" }).optional(),
});

export const alertFields = map({
  hold: duration(1, HOUR_MS).default(30 * SECOND_MS),
  holdCritical: duration(1, HOUR_MS).default(10 * SECOND_MS),
  resolveAfter: duration(SECOND_MS, HOUR_MS).default(MINUTE_MS),
  batch: duration(1, 10 * MINUTE_MS).default(10 * SECOND_MS),
  remindAfter: duration(MINUTE_MS, 30 * DAY_MS).default(4 * HOUR_MS),
  remind: flag().default(true),
  notifiers: list(notifier, "notifiers").default([]),
  deadMan: map({
    url: secret(),
    urlFile: secretFile(),
    every: duration(SECOND_MS, HOUR_MS).default(MINUTE_MS),
  }).optional(),
});

export const ALERTS_DEFAULT = alertFields.parse({});
