import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Browser, BrowserContext, Page } from "@playwright/test";
import { SignInPage } from "@/e2e/pages/sign-in-page";
import { type Accounts, makeAccounts } from "@/e2e/support/accounts";
import { launchBrowser } from "@/e2e/support/browser";
import type { Snapshot } from "@/lib/domain/snapshot";
import { bootOf, onFleet } from "./wall-fleet";
import { eventOf, SCENES, type Scene, sceneOf } from "./wall-scenes";

/**
 * Photographs of the wall, to be looked at from afar: 1, 6 and 24 clusters, each scene, at three sizes, and what it looks like when it is no
 * longer fed. The built app draws them; what it is fed is made up. Fails where anything is cut off, scrolls, or looks well unfed.
 */
const COUNTS = [1, 6, 24] as const;
const SIZES = [
  { width: 1280, height: 720 },
  { width: 1920, height: 1080 },
  { width: 3840, height: 2160 },
] as const;
/** By the issue: a picture that is not fed says so within this. */
const UNFED_WITHIN_MS = 10_000;

/**
 * Letters that are read from five metres, by the size of their type as a share of the screen's lesser side: on a display of 55 inches, 68 cm high,
 * capitals of 6.5 mm, which is 4.5 minutes of arc; who sees well reads 5 with ease and 4 at all.
 */
const LEGIBLE_SHARE = 0.0135;

/** Telling 24 clusters' ten minutes takes a while on a busy machine. */
const PAST_MS = 180_000;

/** How far the made-up server's clock is ahead, once ten minutes were told. */
const AHEAD_MS = 600_000;

type Fake = { readonly boot: string; readonly snapshots: readonly Snapshot[] };

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      out: { type: "string", default: "test-results/wall" },
      scene: { type: "string", multiple: true },
      count: { type: "string", multiple: true },
      width: { type: "string", multiple: true },
      locale: { type: "string", default: "en-GB" },
      search: { type: "string", default: "" },
    },
  });
  const out = resolve(values.out);
  mkdirSync(out, { recursive: true });
  const scenes = SCENES.filter((one) => values.scene?.includes(one) ?? true);
  const counts = COUNTS.filter((one) => values.count?.includes(String(one)) ?? true);
  const sizes = SIZES.filter(({ width }) => values.width?.includes(String(width)) ?? true);
  const settings = { locale: values.locale, search: values.search };
  const accounts = await makeAccounts();
  const browser = await launchBrowser();
  const wrong: string[] = [];
  try {
    for (const count of counts) {
      await onFleet(count, accounts, async (baseUrl) => {
        for (const size of sizes) {
          wrong.push(...(await photograph({ browser, baseUrl, accounts, count, size, scenes, out, ...settings })));
        }
      });
    }
  } finally {
    await browser.close();
  }
  for (const line of wrong) console.error(line);
  console.log(`${out}: ${wrong.length} faults`);
  if (wrong.length > 0) process.exitCode = 1;
}

type Shoot = {
  readonly browser: Browser;
  readonly baseUrl: string;
  readonly accounts: Accounts;
  readonly count: number;
  readonly size: { readonly width: number; readonly height: number };
  readonly scenes: readonly Scene[];
  readonly out: string;
  readonly locale: string;
  /** As in a wall's address: `?per=6&night=22-7`. */
  readonly search: string;
};

async function photograph(shoot: Shoot): Promise<readonly string[]> {
  const { browser, baseUrl, count, size, out } = shoot;
  const context = await browser.newContext({ baseURL: baseUrl, viewport: size, locale: shoot.locale });
  const wrong: string[] = [];
  try {
    const boot = await signedIn(context, shoot);
    for (const scene of shoot.scenes) {
      const name = `${count}-${scene}-${size.width}`;
      const page = await context.newPage();
      await fed(page, { boot, snapshots: sceneOf(scene, count, Date.now() + AHEAD_MS) });
      await page.goto(`/wall${shoot.search}`);
      await page.locator("html[data-past=told]").waitFor({ timeout: PAST_MS });
      await page.waitForLoadState("networkidle");
      await page.screenshot({ path: join(out, `${name}.png`) });
      wrong.push(...(await cutOff(page)).map((one) => `${name}: ${one}`));
      const small = await smallest(page);
      if (small.share < LEGIBLE_SHARE)
        wrong.push(`${name}: "${small.text}" is ${(small.share * 100).toFixed(2)} % high`);
      if (scene === "healthy") wrong.push(...(await unfed(page, join(out, `${count}-unfed-${size.width}.png`), name)));
      await page.close();
    }
  } finally {
    await context.close();
  }
  return wrong;
}

async function signedIn(context: BrowserContext, { accounts, baseUrl, locale }: Shoot): Promise<string> {
  const page = await context.newPage();
  await new SignInPage(page, locale.startsWith("ru") ? "ru" : "en").signInFor("/wall", accounts.users.viewer);
  await page.close();
  return await bootOf(baseUrl, accounts);
}

/** Feeds the page from here: the pictures once, then renewed every two seconds until `cut()` is called in the page. */
async function fed(page: Page, fake: Fake): Promise<void> {
  await page.route("**/events?*", (route) => {
    const scope = /clusters\/([^/]+)\/events/.exec(route.request().url())?.[1];
    const snapshot = fake.snapshots.find((one) => one.scope === scope);
    const events = snapshot ? [eventOf(snapshot, Date.now() + AHEAD_MS)] : [];
    return route.fulfill({ json: { scope, events, next: null } });
  });
  // What runs these scripts names functions by a helper of its own, which the page does not have.
  await page.addInitScript("globalThis.__name = (value) => value");
  await page.addInitScript((given: string) => {
    const { boot, snapshots } = JSON.parse(given) as Fake;
    const STEPS = 60;
    const STEP_MS = 10_000;
    let cut = false;
    (window as unknown as { cut: () => void }).cut = () => {
      cut = true;
    };
    class MadeUp extends EventTarget {
      timer = setInterval(() => this.renew(), 2_000);
      // Above what the server counted so far, of which the page already holds a picture.
      version = 1_000_000;
      constructor() {
        super();
        setTimeout(() => {
          for (const snapshot of snapshots)
            this.say("snapshot", { snapshot: { ...snapshot, version: this.version, at: this.now() } });
          this.past(STEPS);
        }, 0);
      }
      /** Ten minutes in no time, so that there is a line of lag to look at: the server's clock, which the page follows, runs ahead. */
      past(left: number) {
        this.aheadMs = (STEPS - left) * STEP_MS;
        this.version += 1;
        for (const [index, { scope, members }] of snapshots.entries()) {
          const replayBytes = (1 + Math.sin((left + index * 7) / 4)) * 300_000 * ((left * 13) % 7);
          const lagging = members.map((one) =>
            one.lag.trust === "fresh" && one.role !== "leader" ? { ...one, lag: { ...one.lag, replayBytes } } : one,
          );
          const set = { at: this.now(), members: left === 0 ? members : lagging };
          this.say("patch", { scope, version: this.version, base: this.version - 1, set });
        }
        if (left > 0) setTimeout(() => this.past(left - 1), 0);
        else document.documentElement.dataset.past = "told";
      }
      aheadMs = 0;
      now = () => new Date(Date.now() + this.aheadMs).toISOString();
      say(type: string, rest: object) {
        const data = JSON.stringify({ type, boot, now: this.now(), ...rest });
        if (!cut) this.dispatchEvent(new MessageEvent(type, { data }));
      }
      renew() {
        this.version += 1;
        for (const { scope } of snapshots) {
          this.say("patch", { scope, version: this.version, base: this.version - 1, set: { at: this.now() } });
        }
      }
      close() {
        clearInterval(this.timer);
      }
    }
    (window as unknown as { EventSource: unknown }).EventSource = MadeUp;
  }, JSON.stringify(fake));
}

/** What does not fit where it stands; each is a fault of the layout. */
function cutOff(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const faults: string[] = [];
    const { scrollWidth, scrollHeight, clientWidth, clientHeight } = document.documentElement;
    if (scrollWidth > clientWidth || scrollHeight > clientHeight) faults.push("the page scrolls");
    for (const tile of document.querySelectorAll<HTMLElement>(".wall-tile")) {
      const box = tile.getBoundingClientRect();
      const name = tile.dataset.cluster;
      if (box.right > innerWidth || box.bottom > innerHeight) faults.push(`${name}: its tile leaves the screen`);
      const figures = tile.querySelector(".wall-figures")?.getBoundingClientRect();
      if (figures && figures.bottom > box.bottom) faults.push(`${name}: its figures leave the tile`);
      const sentence = tile.querySelector<HTMLElement>(".wall-sentence");
      if (sentence && sentence.scrollHeight > sentence.clientHeight + 2)
        faults.push(`${name}: its sentence is cut off`);
      const finding = tile.querySelector(".wall-findings > li")?.getBoundingClientRect();
      const middle = tile.querySelector(".wall-middle")?.getBoundingClientRect();
      // A line without room for the whole of it stands beside the others, out of sight.
      if (finding && middle && (finding.bottom > middle.bottom + 2 || finding.left > middle.left + 2))
        faults.push(`${name}: its worst finding is cut off`);
    }
    return faults;
  });
}

/** The smallest text on the screen, by the size of its type as a share of the screen's lesser side. */
function smallest(page: Page): Promise<{ readonly share: number; readonly text: string }> {
  return page.evaluate(() => {
    let found = { share: 1, text: "" };
    for (const element of document.querySelectorAll<HTMLElement>(".wall-shifted *")) {
      const text = [...element.childNodes].flatMap((node) => (node.nodeType === 3 ? [node.textContent ?? ""] : []));
      const box = element.getBoundingClientRect();
      if (text.join("").trim() === "" || box.width < 2 || box.height < 2) continue;
      const share = Number.parseFloat(getComputedStyle(element).fontSize) / Math.min(innerWidth, innerHeight);
      if (share < found.share) found = { share, text: text.join("").trim() };
    }
    return found;
  });
}

async function unfed(page: Page, path: string, name: string): Promise<readonly string[]> {
  await page.evaluate(() => (window as unknown as { cut: () => void }).cut());
  const at = Date.now();
  const said = await page
    .locator("[role=alert][data-feed]")
    .waitFor({ timeout: UNFED_WITHIN_MS })
    .then(
      () => true,
      () => false,
    );
  const well = await page.locator('[data-level="ok"]').count();
  await page.screenshot({ path });
  console.log(`${name}: cut, and said so after ${((Date.now() - at) / 1_000).toFixed(1)} s`);
  return [
    ...(said ? [] : [`${name}: unfed for ${UNFED_WITHIN_MS} ms and does not say so`]),
    ...(well === 0 ? [] : [`${name}: unfed, and ${well} things look well`]),
  ];
}

await main();
