import { createHmac } from "node:crypto";
import { afterEach, describe, expect, test } from "vitest";
import { noticeSchema } from "@/lib/contract/notice";
import { alertmanagerSender } from "./alertmanager";
import { slackSender } from "./slack";
import { telegramSender } from "./telegram";
import { alertmanager, slack, telegram, webhook } from "./testing/configs";
import { notice, noticeAlert, resolved } from "./testing/notice";
import { type Receiver, startReceiver } from "./testing/receiver";
import type { Sender } from "./types";
import { webhookSender } from "./webhook";

const open: Receiver[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});
async function receiver(...args: Parameters<typeof startReceiver>): Promise<Receiver> {
  const one = await startReceiver(...args);
  open.push(one);
  return one;
}
const never = () => new AbortController().signal;

const SLACK_PATH = "/services/T0000/B0000/hunter2hunter2";
const KINDS: readonly (readonly [string, (url: string) => Sender, string])[] = [
  ["telegram", (url) => telegramSender(telegram(url)), "AAHsecretsecretsecret"],
  ["slack", (url) => slackSender(slack(`${url}${SLACK_PATH}`)), "hunter2hunter2"],
  ["webhook", (url) => webhookSender(webhook(`${url}/hook?token=hunter2hunter2`)), "hunter2hunter2"],
  ["alertmanager", (url) => alertmanagerSender(alertmanager([url])), "no secret at all"],
];

describe.each(KINDS)("a notifier of the kind %s", (kind, sender, secret) => {
  test.each([
    [400, false],
    [401, false],
    [403, false],
    [404, false],
    [302, false],
    [408, true],
    [429, true],
    [500, true],
    [502, true],
    [503, true],
  ])("calls status %i a failure, and whether to try again: %s", async (status, retry) => {
    const { url } = await receiver(() => ({
      status,
      body: "nothing here",
      headers: { location: "http://127.0.0.1:1/" },
    }));
    const result = await sender(url).send(notice(), never());
    expect(result).toMatchObject({ kind: "failed", retry });
  });

  test("tells nobody its secret, though the receiver repeats all that it was sent", async () => {
    const { url } = await receiver(({ path, headers, body }) => ({
      status: 404,
      body: `<html><title>${path}</title><pre>Cannot POST ${path} ${decodeURIComponent(path)} ${JSON.stringify(headers)}</pre>${body}`,
    }));
    const result = await sender(url).send(notice(), never());
    expect(result).toMatchObject({ kind: "failed" });
    expect(JSON.stringify(result)).not.toContain(secret);
    expect(JSON.stringify(result).length).toBeLessThan(500);
  });

  test("waits as long as the receiver asks", async () => {
    const { url } = await receiver(() => ({ status: 429, headers: { "retry-after": "17" } }));
    expect(await sender(url).send(notice(), never())).toMatchObject({ retry: true, retryAfterMs: 17_000 });
  });

  test("fails, to be tried again, when nobody listens, and without the address", async () => {
    const { url, close } = await startReceiver();
    await close();
    const result = await sender(url).send(notice(), never());
    expect(result).toMatchObject({ kind: "failed", retry: true });
    expect(JSON.stringify(result)).not.toContain(secret);
  });

  test("is given up when the signal says so, although the receiver never answers", async () => {
    const leave = new AbortController();
    const { url } = await receiver(() => {
      leave.abort();
      return null;
    });
    expect(await sender(url).send(notice(), leave.signal)).toMatchObject({ kind: "failed", retry: true });
  });

  test("takes no answer of any size", async () => {
    const { url } = await receiver(() => ({ status: 200, body: `{"ok":true}${" ".repeat(1_000_000)}` }));
    const result = await sender(url).send(notice(), never());
    // Taken is taken; only Telegram says in the body whether it was.
    if (kind !== "telegram") expect(result).toMatchObject({ kind: "sent" });
    expect(JSON.stringify(result).length).toBeLessThan(500);
  });
});

describe("telegram", () => {
  const bot = () => receiver(() => ({ status: 200, body: '{"ok":true,"result":{}}' }));
  const sentBy = async (...args: Parameters<typeof notice>) => {
    const { url, received } = await bot();
    expect(await telegramSender(telegram(url)).send(notice(...args), never())).toEqual({ kind: "sent" });
    return JSON.parse(received[0]?.body ?? "{}") as { text: string; chat_id: string; disable_notification: boolean };
  };

  test("is posted to the bot's own address, as HTML to the configured chat", async () => {
    const { url, received } = await bot();
    await telegramSender(telegram(url)).send(notice(), never());
    expect(received[0]?.path).toBe("/bot123456:AAHsecretsecretsecret/sendMessage");
    expect(JSON.parse(received[0]?.body ?? "")).toMatchObject({ chat_id: "-1001", parse_mode: "HTML" });
  });

  test("text of people and servers cannot break the markup", async () => {
    const acknowledged = { by: "<b>dba</b>", at: notice().at, note: '<a href="x">&</a>' };
    const { text } = await sentBy({ about: "reminder", alerts: [noticeAlert({ acknowledged })] });
    expect(text).toContain("&lt;b&gt;dba&lt;/b&gt;: &lt;a href=&quot;x&quot;&gt;&amp;&lt;/a&gt;");
    expect(text.replace(/<\/?(b|i|a)( href="https:[^"<>]*")?>/g, "")).not.toMatch(/[<>]/);
  });

  test.each([1, 3, 40, 400])("%i alerts fit into one message, and what is left out is counted", async (count) => {
    const acknowledged = { by: "dba", at: notice().at, note: "<&>".repeat(900) };
    const alerts = Array.from({ length: count }, (_, i) => noticeAlert({ id: `a${i}`, acknowledged }));
    const { text } = await sentBy({ alerts });
    expect(text.length).toBeLessThanOrEqual(4_096);
    expect(text.match(/<b>/g)?.length).toBe(text.match(/<\/b>/g)?.length);
    if (count >= 40) expect(text).toMatch(/and \d+ more/);
  });

  test("what is over makes no sound", async () => {
    const { url, received } = await bot();
    await telegramSender(telegram(url)).send(resolved(), never());
    expect(JSON.parse(received[0]?.body ?? "")).toMatchObject({ disable_notification: true });
  });

  test("the bot's own words are told, and how long it wants to be left alone", async () => {
    const body = { ok: false, error_code: 429, description: "Too Many Requests", parameters: { retry_after: 9 } };
    const { url } = await receiver(() => ({ status: 429, body: JSON.stringify(body) }));
    expect(await telegramSender(telegram(url)).send(notice(), never())).toEqual({
      kind: "failed",
      text: "HTTP 429: Too Many Requests",
      retry: true,
      retryAfterMs: 9_000,
    });
  });
});

describe("slack", () => {
  test("markup and calls to everybody in a text stay text", async () => {
    const { url, received } = await receiver();
    const acknowledged = { by: "dba", at: notice().at, note: "<!channel> @all <http://x|y> &" };
    await slackSender(slack(url)).send(notice({ about: "reminder", alerts: [noticeAlert({ acknowledged })] }), never());
    const { attachments } = JSON.parse(received[0]?.body ?? "") as { attachments: { text: string; color: string }[] };
    expect(attachments[0]?.text).toContain("&lt;!channel&gt; @\u200ball &lt;http://x|y&gt; &amp;");
    expect(attachments[0]?.color).toBe("#c81e1e");
  });

  test("an end has another colour than a beginning", async () => {
    const { url, received } = await receiver();
    await slackSender(slack(url)).send(resolved(), never());
    expect(received[0]?.body).toContain("#15803d");
  });
});

describe("webhook", () => {
  test("what is sent is what the schema says, in the receiver's language", async () => {
    const { url, received } = await receiver();
    await webhookSender(webhook(url)).send(notice({ language: "ru" }), never());
    const body = noticeSchema.parse(JSON.parse(received[0]?.body ?? ""));
    expect(body).toMatchObject({ id: "delivery-1", about: "firing", language: "ru", alerts: [{ id: "a1b2c3" }] });
    expect(body.subject).toMatch(/^\[КРИТИЧНО\] 1C ERP: /);
  });

  test("the signature is over timestamp and body, so that it can be checked and not be used again", async () => {
    const { url, received } = await receiver();
    await webhookSender(webhook(url), () => 1_795_000_000_900).send(notice(), never());
    const { headers, body } = received[0] ?? { headers: {}, body: "" };
    const expected = createHmac("sha256", "shared secret").update(`1795000000.${body}`).digest("hex");
    expect(headers).toMatchObject({
      "x-matriarch-signature": `sha256=${expected}`,
      "x-matriarch-timestamp": "1795000000",
      "x-matriarch-delivery": "delivery-1",
      "x-matriarch-event": "firing",
      "content-type": "application/json",
    });
  });

  test("without a secret there is no signature, and the same delivery has the same id each time", async () => {
    const { url, received } = await receiver();
    const sender = webhookSender(webhook(url, null));
    await sender.send(notice(), never());
    await sender.send(notice(), never());
    expect(received.map(({ headers }) => headers["x-matriarch-delivery"])).toEqual(["delivery-1", "delivery-1"]);
    expect(received[0]?.headers).not.toHaveProperty("x-matriarch-signature");
  });
});

describe("alertmanager", () => {
  const NOW_MS = Date.parse("2026-11-21T03:10:00.000Z");
  type Posted = { labels: Record<string, string>; startsAt: string; endsAt: string; generatorURL: string };
  const postedBy = async (told: ReturnType<typeof notice>): Promise<Posted> => {
    const { url, received } = await receiver();
    await alertmanagerSender(alertmanager([url]), () => NOW_MS).send(told, never());
    expect(received[0]?.path).toBe("/api/v2/alerts");
    return (JSON.parse(received[0]?.body ?? "[]") as Posted[])[0] as Posted;
  };

  test("a firing alert lives on for some minutes, so that it must be told again, and ends by itself if we die", async () => {
    const { labels, startsAt, endsAt } = await postedBy(notice());
    expect(labels).toEqual({
      alertname: "vip-nowhere",
      scope: "demo",
      cluster: "1C ERP",
      environment: "production",
      subject: "10.0.0.200",
      finding: "vip-nowhere:10.0.0.200",
      severity: "critical",
    });
    expect(startsAt).toBe("2026-11-21T03:00:00.000Z");
    expect(Date.parse(endsAt) - NOW_MS).toBe(240_000);
    expect(alertmanagerSender(alertmanager([])).refreshMs).toBe(60_000);
  });

  test("an end carries the same labels, and ended when it did", async () => {
    const [begun, ended] = [await postedBy(notice()), await postedBy(resolved())];
    expect(ended.labels).toEqual(begun.labels);
    expect(ended.endsAt).toBe("2026-11-21T03:05:00.000Z");
  });

  test("an end never lies before its beginning, which Alertmanager refuses", async () => {
    const early = noticeAlert({ resolvedAt: "2026-11-21T02:00:00.000Z" as never });
    const { startsAt, endsAt } = await postedBy(notice({ about: "resolved", alerts: [early] }));
    expect(Date.parse(endsAt)).toBeGreaterThanOrEqual(Date.parse(startsAt));
  });

  test("each of several is told, one that took it is enough, and the others are named", async () => {
    const [good, bad] = [await receiver(), await receiver(() => ({ status: 500, body: "broken" }))];
    const result = await alertmanagerSender(alertmanager([good.url, bad.url])).send(notice(), never());
    expect(result).toEqual({ kind: "sent", remark: `${bad.url}: HTTP 500: broken` });
    expect([good.received.length, bad.received.length]).toEqual([1, 1]);
    const neither = await alertmanagerSender(alertmanager([bad.url, bad.url])).send(notice(), never());
    expect(neither).toMatchObject({ kind: "failed", retry: true });
  });
});

test.each(KINDS)("a test of %s says that it is one", async (_kind, sender) => {
  const { url, received } = await receiver(() => ({ status: 200, body: '{"ok":true}' }));
  const told = notice({ about: "test", alerts: [] });
  expect(await sender(url).send(told, never())).toEqual({ kind: "sent" });
  expect(received[0]?.body).toMatch(/test/i);
});
