import { setTimeout as pause } from "node:timers/promises";
import type { CDPSession, Page } from "@playwright/test";
import { SignInPage } from "@/e2e/pages/sign-in-page";
import { makeAccounts } from "@/e2e/support/accounts";
import { launchBrowser } from "@/e2e/support/browser";
import { numberArgument } from "./arguments";
import { figure } from "./statistics";
import { bootOf, onFleet } from "./wall-fleet";
import { eventOf, sceneOf } from "./wall-scenes";

/**
 * A wall runs for weeks: the page is fed many updates quickly, as many as it would get in days, and what lives in its heap after a forced
 * collection may not grow. The built app draws it; what it is fed is made up.
 */
const UPDATES = 500_000;
const WARM_UP = 50_000;
const GROWTH_MAX = 0.1;
/** Updates in one task of the page; the next one waits until it was drawn. */
const BATCH = 250;
/** Longer than anything in the page is kept that is no longer shown. */
const SETTLE_MS = 20_000;
const MB = 1024 * 1024;

type Fed = { readonly boot: string; readonly pictures: readonly (readonly object[])[] };
type FedWindow = { feed(updates: number, batch: number): Promise<number> };

async function main(): Promise<void> {
  const clusters = numberArgument("clusters", 6);
  const accounts = await makeAccounts();
  const browser = await launchBrowser();
  try {
    await onFleet(clusters, accounts, async (baseUrl) => {
      const context = await browser.newContext({ baseURL: baseUrl, viewport: { width: 1920, height: 1080 } });
      const page = await context.newPage();
      await new SignInPage(page).signInFor("/wall", accounts.users.viewer);
      await prepare(page, clusters, await bootOf(baseUrl, accounts));
      await page.goto("/wall");
      await page.locator("[data-cluster]").first().waitFor();
      const cdp = await context.newCDPSession(page);
      console.log(`${clusters} clusters\n\nupdates   heap MB  DOM nodes`);
      const before = await after(page, cdp, WARM_UP);
      const end = await after(page, cdp, UPDATES);
      const growth = end.bytes / before.bytes - 1;
      const met = growth < GROWTH_MAX;
      if (!met) process.exitCode = 1;
      const share = `${figure(growth * 100, 1)} %`;
      console.log(
        `what lives grew by ${share} over ${UPDATES} updates (wanted < ${GROWTH_MAX * 100} %): ${met ? "met" : "NOT met"}`,
      );
    });
  } finally {
    await browser.close();
  }
}

/** Feeds so many updates, lets go what is no longer shown, and measures what lives. */
async function after(page: Page, cdp: CDPSession, updates: number): Promise<{ readonly bytes: number }> {
  const taken = await page.evaluate(
    ([count, batch]) => (window as unknown as FedWindow).feed(count ?? 0, batch ?? 1),
    [updates, BATCH],
  );
  if (taken !== updates) throw new Error(`the page was fed ${taken} of ${updates} updates`);
  if ((await page.locator('main[data-feed="fed"]').count()) !== 1)
    throw new Error("the page does not take what it is fed");
  await pause(SETTLE_MS);
  for (let round = 0; round < 3; round += 1) await cdp.send("HeapProfiler.collectGarbage");
  const { usedSize } = await cdp.send("Runtime.getHeapUsage");
  const { nodes } = await cdp.send("Memory.getDOMCounters");
  console.log(`${String(updates).padStart(7)}  ${figure(usedSize / MB, 2).padStart(8)}  ${String(nodes).padStart(9)}`);
  return { bytes: usedSize };
}

/** Puts a stream of our own in the place of the browser's, which says a heartbeat now and then and whatever `feed` is told to. */
async function prepare(page: Page, clusters: number, boot: string): Promise<void> {
  const now = Date.now();
  const pictures = (["healthy", "degraded", "split", "blind"] as const).map((scene) => sceneOf(scene, clusters, now));
  await page.route("**/events?*", (route) => {
    const scope = /clusters\/([^/]+)\/events/.exec(route.request().url())?.[1];
    const snapshot = pictures[0]?.find((one) => one.scope === scope);
    return route.fulfill({ json: { scope, events: snapshot ? [eventOf(snapshot, Date.now())] : [], next: null } });
  });
  // What runs these scripts names functions by a helper of its own, which the page does not have.
  await page.addInitScript("globalThis.__name = (value) => value");
  await page.addInitScript(
    (given: string) => {
      const { boot: name, pictures: scenes } = JSON.parse(given) as Fed;
      const [first = []] = scenes;
      // Newer than whatever the server drew the page with.
      const FIRST = 1_000_000;
      let say: (type: string, rest: object) => void = () => {};
      class MadeUp extends EventTarget {
        timer = setInterval(() => say("heartbeat", {}), 1_000);
        constructor() {
          super();
          say = (type, rest) => {
            const data = JSON.stringify({ type, boot: name, now: new Date().toISOString(), ...rest });
            this.dispatchEvent(new MessageEvent(type, { data }));
          };
          setTimeout(() => {
            for (const snapshot of first)
              say("snapshot", { snapshot: { ...snapshot, version: FIRST, at: new Date().toISOString() } });
          }, 0);
        }
        close() {
          clearInterval(this.timer);
        }
      }
      const versions = first.map(() => FIRST);
      const turn = () => new Promise<void>((done) => setTimeout(done, 0));
      const feed = async (updates: number, batch: number) => {
        let fed = 0;
        while (fed < updates) {
          for (let more = Math.min(batch, updates - fed); more > 0; more -= 1, fed += 1) {
            const index = fed % first.length;
            const at = new Date().toISOString();
            // Mostly positions and ages, as it is; another situation altogether from time to time.
            const ending = updates - fed <= first.length;
            const scene = scenes[ending ? 0 : Math.floor(fed / 5_000) % scenes.length]?.[index] as Record<
              string,
              unknown
            >;
            const { scope, members, writePath, leader, vip, findings } = scene;
            const base = versions[index] ?? FIRST;
            versions[index] = base + 1;
            const whole = ending || fed % 50 < first.length;
            const set = whole ? { at, members, writePath, leader, vip, findings } : { at, members };
            say("patch", { scope, base, version: base + 1, set });
          }
          await turn();
        }
        return fed;
      };
      Object.assign(window, { EventSource: MadeUp, feed });
    },
    JSON.stringify({ boot, pictures } satisfies Fed),
  );
}

await main();
process.exit(process.exitCode ?? 0);
