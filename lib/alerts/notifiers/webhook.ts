import { createHmac } from "node:crypto";
import type { WebhookConfig } from "@/lib/config/types";
import { postJson } from "./post";
import { secretsOfUrl } from "./scrub";
import { webhookBody } from "./text/webhook";
import type { Sender } from "./types";

/** A webhook of anybody's own making; see `noticeSchema` for what it is sent. */
export function webhookSender({ url, secret, timeoutMs }: WebhookConfig, now: () => number = Date.now): Sender {
  const address = url.reveal();
  const secrets = [...secretsOfUrl(address), ...(secret ? [secret.reveal()] : [])];
  return {
    async send(notice, signal) {
      const body = JSON.stringify(webhookBody(notice));
      const timestamp = String(Math.floor(now() / 1_000));
      const headers = {
        "x-matriarch-delivery": notice.id,
        "x-matriarch-event": notice.about,
        "x-matriarch-timestamp": timestamp,
        ...(secret ? { "x-matriarch-signature": signatureOf(secret.reveal(), timestamp, body) } : {}),
      };
      const posted = await postJson({ url: address, body, headers, secrets, timeoutMs, signal });
      return posted.kind === "failed" ? posted : { kind: "sent" };
    },
  };
}

/** The timestamp is signed too, so that what was sent once cannot be played again later. */
export const signatureOf = (secret: string, timestamp: string, body: string): string =>
  `sha256=${createHmac("sha256", secret).update(`${timestamp}.${body}`).digest("hex")}`;
