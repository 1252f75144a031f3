import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Alertmanager, startAlertmanager } from "@/lab/tools/alertmanager";
import { MAIL_USER, type MailServer, startMailServer } from "@/lab/tools/mail-server";
import { openActionStores } from "@/lib/actions/open-stores";
import type { Collectors } from "@/lib/collectors/current";
import { type ClusterConfig, type NotifierConfig, Secret } from "@/lib/config/types";
import { noticeSchema } from "@/lib/contract/notice";
import { openStore } from "@/lib/db/open";
import { instant } from "@/lib/domain/ids";
import { message } from "@/lib/domain/message";
import type { Finding, Snapshot } from "@/lib/domain/snapshot";
import { sampleSnapshot } from "@/lib/domain/testing/samples";
import { startAlerts } from "../start";
import { alertmanager, slack, smtp, telegram, webhook } from "./testing/configs";
import { type Receiver, startReceiver } from "./testing/receiver";

/** Two whole dashboards' alerting on one store, and real receivers: one beginning and one end each, whatever the two do at once. */

const PASSWORD = "correct horse";
const TELEGRAM = /^\/bot/;
let mail: MailServer;
let receiver: Receiver;
let alertmanagerSaid: Receiver;
let manager: Alertmanager;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "matriarch-deliveries-"));
  mail = await startMailServer(PASSWORD);
  receiver = await startReceiver(({ path }) => ({ status: 200, body: TELEGRAM.test(path) ? '{"ok":true}' : "ok" }));
  alertmanagerSaid = await startReceiver();
  manager = await startAlertmanager(alertmanagerSaid.url);
});
afterAll(async () => {
  await Promise.all([mail?.stop(), receiver?.close(), manager?.stop(), alertmanagerSaid?.close()]);
  rmSync(folder, { recursive: true, force: true });
});

const named = <C extends NotifierConfig>(config: C): C => ({ ...config, name: config.kind, timeoutMs: 10_000 });
const notifiers = (): NotifierConfig[] => [
  named(smtp(mail.port, { tls: "starttls", ca: mail.ca, username: MAIL_USER, password: new Secret(PASSWORD) })),
  named(telegram(receiver.url)),
  named(slack(`${receiver.url}/slack`)),
  named(webhook(`${receiver.url}/webhook`)),
  named(alertmanager([manager.url])),
];

/** Alerting of one dashboard, and how it is shown a picture. */
function dashboard() {
  const store = openStore(`sqlite:${join(folder, "store.db")}`);
  const listeners = new Set<(state: never, snapshot: Omit<Snapshot, "version">) => void>();
  const collectors: Pick<Collectors, "onState" | "setAttention"> = {
    onState(_scope, callback) {
      listeners.add(callback);
      return () => listeners.delete(callback);
    },
    setAttention: () => undefined,
  };
  const { scope, title, environment } = sampleSnapshot("healthy");
  const alerting = startAlerts({
    config: {
      clusters: [{ scope, title, environment } as ClusterConfig],
      server: { port: 3000, publicUrl: "https://dba.example.com" },
      alerts: {
        holdMs: 1,
        holdCriticalMs: 1,
        resolveAfterMs: 1_000,
        batchMs: 1,
        remindAfterMs: null,
        notifiers: notifiers(),
        deadMan: null,
      },
    },
    collectors,
    store,
    audit: openActionStores(store).audit,
    boot: randomUUID(),
    keptMs: 86_400_000,
  });
  return {
    alerting,
    show: (snapshot: Snapshot) => {
      for (const listener of listeners) listener(undefined as never, snapshot);
    },
    async close() {
      await alerting.close();
      await store.close();
    },
  };
}

const since = instant(Date.now() - 60_000);
const FINDING: Finding = {
  id: "vip-nowhere:10.0.0.200",
  rule: "vip-nowhere",
  group: "routing",
  severity: "critical",
  subject: { kind: "vip", name: "10.0.0.200", member: null },
  since,
  text: message("domain.vip.not-seen", { address: "10.0.0.200" }),
  evidence: [],
  runbook: "routing-failure",
  under: null,
};
const picture = (findings: readonly Finding[]): Snapshot => ({
  ...sampleSnapshot("healthy", { now: Date.now() }),
  findings,
});

const events = (): readonly string[] =>
  [
    ...mail.mails().map((text) => `smtp ${/^X-Matriarch-Event: (\w+)/im.exec(text)?.[1]}`),
    ...receiver.received.map(({ path, body }) => {
      if (TELEGRAM.test(path)) return `telegram ${body.includes("RESOLVED") ? "resolved" : "firing"}`;
      if (path === "/slack") return `slack ${body.includes("RESOLVED") ? "resolved" : "firing"}`;
      return `webhook ${noticeSchema.parse(JSON.parse(body)).about}`;
    }),
    ...alertmanagerSaid.received.map(({ body }) => `alertmanager ${(JSON.parse(body) as { status: string }).status}`),
  ].sort();
const KINDS = ["alertmanager", "slack", "smtp", "telegram", "webhook"];
const all = (word: string) => KINDS.map((kind) => `${kind} ${word}`);

/** What Alertmanager itself says that it holds. */
async function held(): Promise<readonly { labels: Record<string, string> }[]> {
  const answer = await fetch(`${manager.url}/api/v2/alerts`);
  return (await answer.json()) as { labels: Record<string, string> }[];
}

test("one alert and one end reach each receiver once, from two dashboards that share a store", async () => {
  const dashboards = [dashboard(), dashboard()];
  /** Both look at the same, again and again, for rounds that run beside each other. */
  const rounds = async (findings: readonly Finding[], until: () => boolean) => {
    const end = Date.now() + 30_000;
    for (let after = 0; after < 3; ) {
      for (const one of dashboards) one.show(picture(findings));
      await Promise.all(dashboards.map(({ alerting }) => alerting.engine.tick()));
      await new Promise((resolve) => setTimeout(resolve, 50));
      // Some rounds more than it takes: a second message would come with them.
      if (until() || Date.now() > end) after += 1;
    }
  };
  try {
    await rounds([FINDING], () => events().length >= KINDS.length);
    expect(events()).toEqual(all("firing"));
    expect(await held()).toMatchObject([{ labels: { alertname: "vip-nowhere", scope: "demo", severity: "critical" } }]);

    await rounds([], () => events().length >= 2 * KINDS.length);
    expect(events()).toEqual([...all("firing"), ...all("resolved")].sort());
    expect(await held()).toEqual([]);
  } finally {
    await Promise.all(dashboards.map((one) => one.close()));
  }
});
