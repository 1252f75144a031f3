import type { SendMailOptions } from "nodemailer";
import type { SmtpConfig } from "@/lib/config/types";
import type { NoticeText } from "./text/compose";
import { mailHtml } from "./text/mail-html";
import { SIGN } from "./text/marks";
import { plainNotice } from "./text/plain";
import type { Notice } from "./types";

/**
 * A notice as a mail. Its id is that of the delivery, so that a mail sent twice is one to whoever compares ids. It is an answer to a
 * mail that was never sent, one for each alert's episode: mail programs put whatever answers the same one into one thread, so the end of
 * an alert lands beside its beginning although different mails told of them.
 */
export function mailOf(
  { from, to }: Pick<SmtpConfig, "from" | "to">,
  notice: Notice,
  text: NoticeText,
): SendMailOptions {
  const domain = domainOf(from);
  const threads = notice.alerts.map(({ alert }) => `<${safeId(alert.id)}@${domain}>`);
  const [first] = threads;
  const mark = text.alerts[0]?.mark ?? "test";
  return {
    from,
    to: [...to],
    subject: `${SIGN[mark]} ${text.subject}`,
    text: plainNotice(text),
    html: mailHtml(text),
    messageId: `<${safeId(notice.id)}@${domain}>`,
    date: new Date(notice.at),
    ...(first === undefined ? {} : { inReplyTo: first, references: threads }),
    headers: {
      // Keeps holiday replies and list programs quiet (RFC 3834).
      "auto-submitted": "auto-generated",
      "x-auto-response-suppress": "All",
      "x-matriarch-delivery": notice.id,
      "x-matriarch-event": notice.about,
      "x-matriarch-scope": [...new Set(notice.alerts.map(({ cluster }) => cluster.scope))].join(", "),
    },
    ...(mark === "critical" && notice.about !== "resolved" ? { priority: "high" as const } : {}),
  };
}

/** Message ids allow no space and no angle bracket. */
const safeId = (id: string): string => id.replace(/[^A-Za-z0-9._-]/g, "-");

const domainOf = (address: string): string => /@([A-Za-z0-9.-]+)>?\s*$/.exec(address)?.[1] ?? "matriarch.invalid";
