import type { AlertmanagerConfig } from "@/lib/config/types";
import { alertmanagerAlerts, REFRESH_MS } from "./alertmanager-alerts";
import { type Posted, postJson } from "./post";
import { scrub } from "./scrub";
import type { Sender, SendResult } from "./types";

/**
 * `POST /api/v2/alerts` of every Alertmanager of a cluster: they tell each other what was notified, never what was received, so each
 * must be told (prometheus.io/docs/alerting/latest/alertmanager, "High availability"). One that took it is enough to call it sent.
 */
export function alertmanagerSender(config: AlertmanagerConfig, now: () => number = Date.now): Sender {
  const { urls, username, password, timeoutMs } = config;
  const secrets = password ? [password.reveal()] : [];
  return {
    refreshMs: REFRESH_MS,
    async send(notice, signal) {
      const body = JSON.stringify(alertmanagerAlerts(notice, now()));
      const each = urls.map(async (url) => {
        const to = `${url}/api/v2/alerts`;
        return { url, posted: await postJson({ url: to, body, username, password, secrets, timeoutMs, signal }) };
      });
      return together(await Promise.all(each));
    },
  };
}

function together(answers: readonly { readonly url: string; readonly posted: Posted }[]): SendResult {
  const failed = answers.flatMap(({ url, posted }) => (posted.kind === "failed" ? [{ url, ...posted }] : []));
  const text = failed.map((one) => `${scrub(one.url, [])}: ${one.text}`).join("; ");
  if (failed.length < answers.length) return failed.length === 0 ? { kind: "sent" } : { kind: "sent", remark: text };
  const waits = failed.flatMap(({ retryAfterMs }) => retryAfterMs ?? []);
  const retry = failed.some((one) => one.retry);
  return { kind: "failed", text, retry, ...(waits.length > 0 ? { retryAfterMs: Math.max(...waits) } : {}) };
}
