import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DEFAULT_LIMITS } from "@/lib/domain/findings/limits";
import { keyOf, LIMIT_NAMES } from "./finding-fields";
import { loadConfig } from "./load";
import { cluster, MINIMAL, SECRET } from "./testing/configurations";
import type { Config } from "./types";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "matriarch-alerts-"));
  writeFileSync(join(folder, "token"), `${SECRET}\n`);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function loaded(text: string): Config {
  const path = join(folder, "matriarch.yaml");
  writeFileSync(path, text);
  const result = loadConfig({ path, env: {} });
  if (result.kind === "error") throw new Error(result.message);
  return result.config;
}

describe("limits of findings", () => {
  test("are each in the file's own spelling, and the others keep their defaults", () => {
    const text = `findings:
  lagWarn: 128MB
  lagWarnTime: 90s
  blocked: 2m
  connectionsWarnPercent: 70
  vipMoves: 5
  certificateWarnDays: 30
  wraparoundWarnAge: 500000000
  disabled: [backup, archiving]`;
    expect(loaded(cluster(text)).clusters[0]?.findings).toEqual({
      ...DEFAULT_LIMITS,
      lagWarnBytes: 134_217_728,
      lagWarnSeconds: 90,
      blockedMs: 120_000,
      connectionsWarnPercent: 70,
      vipMoves: 5,
      certificateWarnDays: 30,
      wraparoundWarnAge: 500_000_000,
      disabled: ["backup", "archiving"],
    });
  });

  test("have a key of their own each, whatever their unit", () => {
    expect(new Set(LIMIT_NAMES.map(keyOf)).size).toBe(LIMIT_NAMES.length);
    expect(LIMIT_NAMES.map(keyOf)).not.toContain("disabled");
  });
});

describe("alerts", () => {
  test("are kept without being told to anybody, unless told otherwise", () => {
    expect(loaded(MINIMAL).alerts).toEqual({
      holdMs: 30_000,
      holdCriticalMs: 10_000,
      resolveAfterMs: 60_000,
      batchMs: 10_000,
      remindAfterMs: 14_400_000,
      notifiers: [],
      deadMan: null,
    });
  });

  test("are told by notifiers of every kind, each with its own keys, filters and language", () => {
    const text = `alerts:
  hold: 1m
  remind: false
  deadMan: { url: "https://hc.example.com/${SECRET}", every: 30s }
  notifiers:
    - { name: mail, kind: smtp, host: mail.example.com, from: "Matriarch <m@example.com>", to: [dba@example.com], language: ru }
    - { name: chat, kind: telegram, tokenFile: token, chatId: "-1001", severities: [critical], clusters: [demo] }
    - { name: slack, kind: slack, url: "https://hooks.example.com/${SECRET}" }
    - { name: hook, kind: webhook, url: "http://10.0.0.9:8080/in?key=${SECRET}", secret: "${SECRET}" }
    - { name: am, kind: alertmanager, urls: ["http://10.0.0.8:9093/", "http://10.0.0.9:9093/am/"], timeout: 3s }
${MINIMAL}`;
    const config = loaded(text);
    const { alerts } = config;
    expect(alerts).toMatchObject({ holdMs: 60_000, remindAfterMs: null, deadMan: { everyMs: 30_000 } });
    const [mail, chat, slack, hook, am] = alerts.notifiers;
    expect(mail).toMatchObject({ kind: "smtp", port: 587, tls: "starttls", insecure: false, language: "ru" });
    expect(mail).toMatchObject({ clusters: null, severities: ["critical", "unknown", "warn"], timeoutMs: 10_000 });
    expect(chat).toMatchObject({ severities: ["critical"], clusters: ["demo"], apiUrl: "https://api.telegram.org" });
    expect(chat?.kind === "telegram" && chat.token.reveal()).toBe(SECRET);
    expect(slack?.kind === "slack" && slack.url.reveal()).toBe(`https://hooks.example.com/${SECRET}`);
    expect(hook?.kind === "webhook" && hook.secret?.reveal()).toBe(SECRET);
    expect(am).toMatchObject({ urls: ["http://10.0.0.8:9093", "http://10.0.0.9:9093/am"], timeoutMs: 3_000 });
    expect(JSON.stringify(config)).not.toContain(SECRET);
  });
});
