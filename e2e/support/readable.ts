import { mkdirSync } from "node:fs";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { RESULTS } from "./dashboard";
import type { Locale } from "./words";

const SCREENS = join(RESULTS, "screens");
const screenPath = (name: string): string => join(SCREENS, `${name}.png`);

export type Look = {
  readonly name: string;
  readonly scheme: "light" | "dark";
  readonly locale: Locale;
  readonly width: number;
  readonly height: number;
};

/** How people look at a page: both schemes, both languages, the screens that they have. */
export const LOOKS: readonly Look[] = [
  { name: "light", scheme: "light", locale: "en", width: 1440, height: 900 },
  { name: "dark-1366", scheme: "dark", locale: "en", width: 1366, height: 768 },
  { name: "ru-1920", scheme: "light", locale: "ru", width: 1920, height: 1080 },
  { name: "phone", scheme: "dark", locale: "ru", width: 390, height: 844 },
];

/** A page as a test brings it up. */
export type View = {
  readonly name: string;
  /** Opens it, or goes on to it from the view before, and waits for what makes it whole. */
  readonly show: (locale: Locale) => Promise<void>;
  /** It goes on from the view before, and so has the scheme that was looked at last; any other is drawn by the server, in its own. */
  readonly goesOn?: boolean;
};

/**
 * Asserts that each view can be read in each look. The server draws a view once for each language; scheme and width change in place,
 * as a person's own choice changes them.
 */
export async function expectReadableByAnybody(
  page: Page,
  url: string,
  views: readonly View[],
  looks: readonly Look[] = LOOKS,
): Promise<void> {
  for (const locale of new Set(looks.map((look) => look.locale))) {
    const own = looks.filter((look) => look.locale === locale);
    for (const view of views) {
      for (const [index, look] of own.entries()) {
        await test.step(`${view.name}, ${look.name}`, async () => {
          await wear(page, look, url);
          if (index === 0) await view.show(locale);
          if (index > 0 || view.goesOn) await changeScheme(page, look.scheme);
          await expect(page.locator("html")).toHaveAttribute("lang", locale);
          await expect(page.locator("html")).toHaveAttribute("data-theme", look.scheme);
          await expectReadable(page, `${view.name}-${look.name}`);
        });
      }
    }
  }
}

/** Makes the next page of this context be drawn in that look. */
async function wear(page: Page, { scheme, locale, width, height }: Omit<Look, "name">, url: string): Promise<void> {
  await page.context().addCookies([
    { name: "matriarch-theme", value: scheme, url },
    { name: "matriarch-locale", value: locale, url },
  ]);
  await page.setViewportSize({ width, height });
}

/** What the page's own choice does, without the menu; over when no colour is on its way any more. */
async function changeScheme(page: Page, scheme: Look["scheme"]): Promise<void> {
  await page.evaluate(async (theme) => {
    document.documentElement.dataset.theme = theme;
    const ending = document.getAnimations().filter((one) => Number.isFinite(one.effect?.getComputedTiming().endTime));
    await Promise.allSettled(ending.map(({ finished }) => finished));
  }, scheme);
}

/** Keeps a picture of the whole page, and asserts that it can be read; see {@link expectReadableNow}. */
export async function expectReadable(page: Page, name: string): Promise<void> {
  mkdirSync(SCREENS, { recursive: true });
  await page.screenshot({ path: screenPath(name), fullPage: true });
  await expectReadableNow(page, name);
}

/** Asserts that nothing scrolls the page sideways and that an accessibility scan finds nothing grave. */
export async function expectReadableNow(page: Page, what: string): Promise<void> {
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wider, `${what}: nothing makes the page scroll sideways`).toBe(0);
  // No page of ours has frames, and what was found to be in order is not told: a scan takes a third of the time so.
  const scan = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] });
  const { violations } = await scan.analyze();
  const grave = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  const told = grave.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join("; ")}`);
  expect(told, `${what}: nothing grave for people with disabilities`).toEqual([]);
}
