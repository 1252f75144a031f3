import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LATER, MAIL_USER, type MailServer, NOBODY, startMailServer } from "@/lab/tools/mail-server";
import { Secret, type SmtpConfig } from "@/lib/config/types";
import { smtpSender } from "./smtp";
import { smtp } from "./testing/configs";
import { notice, resolved } from "./testing/notice";

/** Against Debian's Exim: what a real server says to what we send. */

const PASSWORD = "correct horse";
let server: MailServer;

beforeAll(async () => {
  server = await startMailServer(PASSWORD);
});
afterAll(() => server?.stop());

const config = (over: Partial<SmtpConfig> = {}) =>
  smtp(server.port, {
    tls: "starttls",
    ca: server.ca,
    username: MAIL_USER,
    password: new Secret(PASSWORD),
    timeoutMs: 10_000,
    ...over,
  });
const send = (over: Partial<SmtpConfig> = {}, told = notice()) =>
  smtpSender(config(over)).send(told, new AbortController().signal);
const header = (mail: string, name: string) =>
  new RegExp(`^${name}: *(.*(?:\\r?\\n[ \\t].*)*)`, "im").exec(mail)?.[1]?.replace(/\r?\n[ \t]+/g, " ") ?? null;

/** The mail of the delivery `id`: Exim delivers each by a process of its own, so that a later one may arrive first. */
const mailOf = (mails: readonly string[], id: string): string =>
  mails.find((mail) => header(mail, "Message-ID") === `<${id}@example.com>`) ?? expect.fail(`no mail of ${id}`);

/** What arrives of what `deeds` sends, once there are so many. */
async function arriving(count: number, deeds: () => Promise<void>): Promise<readonly string[]> {
  const before = new Set(server.mails());
  await deeds();
  const arrived = () => server.mails().filter((mail) => !before.has(mail));
  await expect.poll(() => arrived().length, { timeout: 10_000 }).toBe(count);
  return arrived();
}

describe("mail", () => {
  test("goes encrypted and signed in, as text and as a page, and its end answers the same mail as its beginning", async () => {
    const mails = await arriving(2, async () => {
      expect(await send()).toEqual({ kind: "sent" });
      expect(await send({}, resolved())).toEqual({ kind: "sent" });
    });
    const begun = mailOf(mails, "delivery-1");
    const ended = mailOf(mails, "delivery-2");
    expect(header(begun, "Received")).toMatch(/with esmtpsa\s+\(TLS1\.[23]\)/);
    expect(header(begun, "Content-Type")).toContain("multipart/alternative");
    expect(begun).toContain("Content-Type: text/plain");
    expect(begun).toContain("Content-Type: text/html");
    expect(header(begun, "In-Reply-To")).toBe("<a1b2c3@example.com>");
    expect(header(ended, "In-Reply-To")).toBe(header(begun, "In-Reply-To"));
    expect([header(begun, "X-Matriarch-Event"), header(ended, "X-Matriarch-Event")]).toEqual(["firing", "resolved"]);
    expect(header(begun, "Auto-Submitted")).toBe("auto-generated");
  });

  test("some receivers are refused: the others get it once, and who did not is said", async () => {
    const mails = await arriving(1, async () => {
      const result = await send({ to: ["dba@example.com", NOBODY] }, notice({ id: "delivery-3" }));
      expect(result).toEqual({ kind: "sent", remark: `refused for ${NOBODY}` });
    });
    expect(header(mails[0] ?? "", "Message-ID")).toBe("<delivery-3@example.com>");
  });

  test.each([
    ["a wrong password", () => ({ password: new Secret("battery staple") }), false, /^login: 535/],
    ["a mailbox that does not exist", () => ({ to: [NOBODY] }), false, /no such mailbox/],
    ["a receiver elsewhere", () => ({ to: ["dba@elsewhere.example"] }), false, /relay not permitted/],
    ["a mailbox that is to be tried later", () => ({ to: [LATER] }), true, /come again later/],
    ["a certificate that nobody vouches for", () => ({ ca: null }), true, /certificate|self.signed/i],
  ])("says of %s whether to try again, without the password", async (_name, over, retry, words) => {
    const result = await send(over());
    expect(result).toMatchObject({ kind: "failed", retry, text: expect.stringMatching(words) });
    expect(JSON.stringify(result)).not.toMatch(/correct horse|battery staple/);
  });

  test("any certificate will do where the configuration says so", async () => {
    await arriving(1, async () => {
      expect(await send({ ca: null, insecure: true }, notice({ id: "delivery-4" }))).toEqual({ kind: "sent" });
    });
  });
});
