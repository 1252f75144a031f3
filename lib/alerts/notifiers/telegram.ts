import { z } from "zod";
import type { TelegramConfig } from "@/lib/config/types";
import { type Posted, postJson } from "./post";
import { scrub, secretsOfUrl } from "./scrub";
import { composeNotice } from "./text/compose";
import { telegramHtml } from "./text/telegram";
import type { Sender } from "./types";

const answerSchema = z.object({
  ok: z.boolean(),
  description: z.string().optional(),
  parameters: z.object({ retry_after: z.number().optional() }).optional(),
});

/** A bot's `sendMessage` (core.telegram.org/bots/api#sendmessage). What is over makes no sound. */
export function telegramSender({ token, chatId, apiUrl, timeoutMs }: TelegramConfig): Sender {
  const url = `${apiUrl}/bot${token.reveal()}/sendMessage`;
  const secrets = [token.reveal(), encodeURIComponent(token.reveal()), ...secretsOfUrl(url)];
  return {
    async send(notice, signal) {
      const body = {
        chat_id: chatId,
        text: telegramHtml(composeNotice(notice), notice.language),
        parse_mode: "HTML",
        link_preview_options: { is_disabled: true },
        disable_notification: notice.about === "resolved",
      };
      const posted = await postJson({
        url,
        body: JSON.stringify(body),
        secrets,
        timeoutMs,
        signal,
        readRefusal: (text) => {
          const { description, parameters } = read(text) ?? {};
          const seconds = parameters?.retry_after;
          return { words: description ?? null, retryAfterMs: seconds === undefined ? null : seconds * 1_000 };
        },
      });
      return judge(posted, secrets);
    },
  };
}

function judge(posted: Posted, secrets: readonly string[]): Awaited<ReturnType<Sender["send"]>> {
  if (posted.kind === "failed") return posted;
  const answer = read(posted.answer.body);
  if (answer?.ok) return { kind: "sent" };
  const words = scrub(answer?.description ?? posted.answer.body, secrets);
  return { kind: "failed", text: `no answer of a bot: ${words}`, retry: false };
}

function read(body: string): z.output<typeof answerSchema> | null {
  try {
    return answerSchema.safeParse(JSON.parse(body)).data ?? null;
  } catch {
    return null;
  }
}
