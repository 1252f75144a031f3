import type { NotifierConfig } from "@/lib/config/types";
import { alertmanagerSender } from "./alertmanager";
import { slackSender } from "./slack";
import { smtpSender } from "./smtp";
import { telegramSender } from "./telegram";
import type { Notifier, Sender } from "./types";
import { wantsOf } from "./wants";
import { webhookSender } from "./webhook";

export function createNotifier(config: NotifierConfig): Notifier {
  const { send, refreshMs } = senderOf(config);
  const { name, kind, language, timeoutMs } = config;
  return { name, kind, language, timeoutMs, refreshMs: refreshMs ?? null, wants: wantsOf(config), send };
}

function senderOf(config: NotifierConfig): Sender {
  switch (config.kind) {
    case "smtp":
      return smtpSender(config);
    case "telegram":
      return telegramSender(config);
    case "slack":
      return slackSender(config);
    case "webhook":
      return webhookSender(config);
    case "alertmanager":
      return alertmanagerSender(config);
  }
}
