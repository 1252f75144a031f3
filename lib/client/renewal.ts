import { streamUrl } from "./live-store";

/** What lets a page that nobody touches begin anew, and only when there is something to begin anew with. */

/** HTTP status of the stream for these clusters; null without an answer. */
async function streamStatus(scopes: readonly string[]): Promise<number | null> {
  const abort = new AbortController();
  const answer = await fetch(streamUrl(scopes), { signal: abort.signal, cache: "no-store" }).catch(() => null);
  const status = answer?.status ?? null;
  abort.abort();
  return status;
}

/** True when the server would answer this very page now: a page that reloads into a browser's error page never comes back. */
export async function pageAnswers(): Promise<boolean> {
  const answer = await fetch(window.location.href, { method: "HEAD", cache: "no-store" }).catch(() => null);
  return answer?.ok === true;
}

/** True when the server feeds this page again. */
export const feedAnswers = async (scopes: readonly string[]): Promise<boolean> => (await streamStatus(scopes)) === 200;

const RELOADED_AT = "matriarch-wall-reloaded-at";
/** Two dashboards behind one address may take turns to answer: without this the page would only ever load. */
const APART_MS = 30_000;

/** Loads the page anew if it would be answered, and not sooner than half a minute after the last time. */
export async function renewPage(now: number = Date.now()): Promise<void> {
  const before = Number(window.sessionStorage.getItem(RELOADED_AT) ?? "0");
  if (Math.abs(now - before) < APART_MS || !(await pageAnswers())) return;
  window.sessionStorage.setItem(RELOADED_AT, String(now));
  window.location.reload();
}
