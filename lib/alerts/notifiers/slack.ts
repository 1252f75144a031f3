import type { SlackConfig } from "@/lib/config/types";
import { postJson } from "./post";
import { secretsOfUrl } from "./scrub";
import { composeNotice } from "./text/compose";
import { slackBody } from "./text/slack";
import type { Sender } from "./types";

/** An incoming webhook of Slack, Mattermost, Rocket.Chat and others that read Slack's. */
export function slackSender({ url, timeoutMs }: SlackConfig): Sender {
  const address = url.reveal();
  const secrets = secretsOfUrl(address);
  return {
    async send(notice, signal) {
      const body = slackBody(composeNotice(notice), notice.language);
      const posted = await postJson({ url: address, body, secrets, timeoutMs, signal });
      return posted.kind === "failed" ? posted : { kind: "sent" };
    },
  };
}
