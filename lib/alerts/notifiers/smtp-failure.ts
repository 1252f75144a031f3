import type { SentMessageInfo } from "nodemailer/lib/smtp-transport";
import type { SmtpConfig } from "@/lib/config/types";
import { failureOf, failureText } from "@/lib/sources/shared/failure";
import { scrub } from "./scrub";
import type { SendResult } from "./types";

type SmtpError = { readonly code?: unknown; readonly responseCode?: unknown; readonly response?: unknown };

/** RFC 5321: a reply of 5xx says that the same would be refused again, one of 4xx that it may not. */
const PERMANENT = 500;

/** What nodemailer threw, in the server's words where it said any. A login that is refused is refused again. */
export function failedMail(error: unknown, aborted: boolean, config: SmtpConfig): SendResult {
  if (aborted) return { kind: "failed", text: failureText("timeout").text, retry: true };
  const { code, responseCode, response } = (typeof error === "object" && error !== null ? error : {}) as SmtpError;
  const said = typeof response === "string" && response !== "" ? response : null;
  const status = typeof responseCode === "number" ? responseCode : null;
  const text = scrub(said ?? failureOf(error).text, secretsOf(config));
  const refused = status !== null && status >= PERMANENT;
  return { kind: "failed", text: code === "EAUTH" ? `login: ${text}` : text, retry: !refused };
}

/** The server takes a mail for some receivers and refuses others: those who have it must not get it again for their sake. */
export function refusedReceivers({ rejected }: Pick<SentMessageInfo, "rejected">, config: SmtpConfig): SendResult {
  if (rejected.length === 0) return { kind: "sent" };
  const names = rejected.map((one) => (typeof one === "string" ? one : one.address));
  return { kind: "sent", remark: scrub(`refused for ${names.join(", ")}`, secretsOf(config)) };
}

function secretsOf({ username, password }: SmtpConfig): string[] {
  if (password === null) return [];
  const plain = password.reveal();
  const base64 = (text: string) => Buffer.from(text, "utf8").toString("base64");
  return [plain, base64(plain), base64(`\0${username ?? ""}\0${plain}`)];
}
