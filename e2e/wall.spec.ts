import type { Page } from "@playwright/test";
import type { WallLink } from "@/lib/contract/walls";
import { WallPage } from "./pages/wall-page";
import { type Api, apiOf } from "./support/api";
import { makeDashboard } from "./support/dashboard";
import { expect, NOBODY, test } from "./support/fixtures";
import { startRelay } from "./support/relay";
import { coloursOf, turnTo, watchWall } from "./support/wall-watch";

/** Past it nothing on the screen may look well, counted from the last frame. */
const SILENCE_MS = 10_000;
/** From "listens on port" to a picture that is fed. */
const BACK_MS = 5_000;
/** From the network's return, or the server's going on, to a picture that is fed. */
const AGAIN_MS = 5_000;
/** A revoked wall is told with the next frame or heartbeat, and asks once why. */
const REVOKED_MS = 8_000;
/** A page whose scripts never came looks for the server every 20 s. */
const REVIVED_MS = 30_000;

test.use({ storageState: NOBODY });

async function newWall(api: Api): Promise<WallLink> {
  const made = await api.call<WallLink>("POST", "/walls", { title: "duty room", scopes: null });
  if (!made.ok) throw new Error(JSON.stringify(made.problem));
  return made.body;
}

/** Nothing looks well: no mark of a good state, and no colour that a person would take for green. */
async function looksWellNowhere(wall: WallPage): Promise<void> {
  await expect(wall.well).toHaveCount(0, { timeout: 100 });
  const { seen, green } = await coloursOf(wall.page);
  expect(seen).toBeGreaterThan(5);
  expect(green).toEqual([]);
}

/** What finds no green must find it where there is some. */
async function findsGreen(page: Page): Promise<void> {
  await page.evaluate(() => {
    const spot = Object.assign(document.createElement("p"), { id: "green-spot" });
    spot.style.color = "oklch(0.7 0.17 145)";
    document.querySelector("main")?.append(spot);
  });
  expect((await coloursOf(page)).green).toHaveLength(1);
  await page.evaluate(() => document.getElementById("green-spot")?.remove());
}

test("a wall signs in by its link once, says when it is not fed, comes back by itself, and is out when revoked", async ({
  browser,
  accounts,
}) => {
  const dashboard = await makeDashboard({ name: "wall", accounts });
  await dashboard.start();
  await dashboard.ready();
  const api = apiOf(dashboard, "admin");
  const relay = await startRelay(dashboard.baseUrl);
  const television = await browser.newContext({ viewport: { width: 1920, height: 1080 }, locale: "en-GB" });
  const stranger = await browser.newContext({ locale: "en-GB" });
  const wall = new WallPage(await television.newPage());
  const scriptless = new WallPage(await television.newPage());
  const turns = await watchWall(wall.page);
  const covered = async (since: number, what: string) => {
    const { sinceFrameMs, at } = await turnTo(turns, "silent", { since, deadlineMs: SILENCE_MS + 2_000 });
    console.log(`${what}: the screen said so ${sinceFrameMs} ms after the last frame (wanted ≤ ${SILENCE_MS})`);
    expect(sinceFrameMs).toBeLessThanOrEqual(SILENCE_MS);
    await expect(wall.cover).toBeVisible({ timeout: 100 });
    await looksWellNowhere(wall);
    return at;
  };
  const fedAgain = async (since: number, what: string) => {
    const { at } = await turnTo(turns, "fed", { since, deadlineMs: AGAIN_MS + 5_000 });
    console.log(`${what}: fed again after ${at - since} ms (wanted ≤ ${AGAIN_MS})`);
    expect(at - since).toBeLessThanOrEqual(AGAIN_MS);
    await expect(wall.well).toHaveCount(1, { timeout: SILENCE_MS });
  };
  try {
    const { wall: made, link: told } = await newWall(api);
    const link = told.replace(dashboard.baseUrl, relay.baseUrl);

    await test.step("the link makes this browser the wall, and no other", async () => {
      await wall.page.goto(link);
      await expect(wall.screen).toHaveAttribute("data-feed", "fed", { timeout: 15_000 });
      expect(wall.page.url()).not.toContain("token");
      const cookies = (await television.cookies()).filter(({ name }) => name.endsWith("matriarch-wall"));
      expect(cookies.map(({ httpOnly }) => httpOnly)).toEqual([true]);
      const other = new WallPage(await stranger.newPage());
      await other.page.goto(link);
      await expect(other.entry).toHaveAttribute("data-entry", "used");
      expect(other.page.url()).not.toContain("token");
      // It may look, and at walls' pages only.
      expect((await wall.page.request.get(`${relay.baseUrl}/api/v1/clusters`)).status()).toBe(200);
      expect((await wall.page.request.get(`${relay.baseUrl}/api/v1/operations/x`)).status()).toBe(401);
      await expect(wall.well).toHaveCount(1, { timeout: 15_000 });
      await findsGreen(wall.page);
    });

    await test.step("it moves nothing where the browser asks for stillness", async () => {
      expect(await wall.turnsMoving()).toBe(true);
      await wall.page.emulateMedia({ reducedMotion: "reduce" });
      expect(await wall.turnsMoving()).toBe(false);
      await wall.page.emulateMedia({ reducedMotion: "no-preference" });
    });

    await test.step("a page whose scripts cannot be had is drawn by the server, and nobody feeds it", async () => {
      await scriptless.page.route("**/_next/static/**/*.js", (route) => route.abort());
      await scriptless.page.goto(`${relay.baseUrl}/wall`);
      await expect(scriptless.tiles).toHaveCount(1);
      expect(await scriptless.coverOpacity()).toBe(0);
    });

    await test.step("not fed, nothing looks well within 10 s of the last frame; fed again, it does", async () => {
      const pid = dashboard.pid() ?? 0;
      const stopped = Date.now();
      process.kill(pid, "SIGSTOP");
      try {
        await covered(stopped, "a server that hangs");
        await expect.poll(() => scriptless.coverOpacity(), { timeout: SILENCE_MS }).toBe(1);
        await scriptless.page.unroute("**/_next/static/**/*.js");
      } finally {
        process.kill(pid, "SIGCONT");
      }
      await fedAgain(Date.now(), "a server that goes on");
    });

    await test.step("without a network it says so too, and comes back with it", async () => {
      const away = Date.now();
      relay.cut();
      await covered(away, "no network");
      relay.heal();
      await fedAgain(Date.now(), "the network is back");
    });

    await test.step("the page without scripts loads itself anew as soon as they are to be had", async () => {
      await expect(scriptless.alive).toBeAttached({ timeout: REVIVED_MS });
      await expect(scriptless.well).toHaveCount(1, { timeout: 15_000 });
      await scriptless.page.close();
    });

    await test.step("after kill -9 and a restart it is fed within 5 s of listening, and loads the new page", async () => {
      await wall.page.evaluate(() => Object.assign(window, { drawnByTheOldProcess: true }));
      const killed = Date.now();
      await dashboard.kill();
      await covered(killed, "a server that was killed");
      const listening = await dashboard.start();
      const { at } = await turnTo(turns, "fed", { since: listening, deadlineMs: BACK_MS + 5_000 });
      console.log(`the wall was fed ${at - listening} ms after listening (wanted ≤ ${BACK_MS})`);
      expect(at - listening).toBeLessThanOrEqual(BACK_MS);
      await expect
        .poll(() => wall.page.evaluate(() => "drawnByTheOldProcess" in window).catch(() => true), { timeout: 45_000 })
        .toBe(false);
      await expect(wall.well).toHaveCount(1, { timeout: 15_000 });
    });

    await test.step("revoked, it says so and shows nothing that looks well; a reload does not help", async () => {
      expect(await api.call("POST", `/walls/${made.id}/revoke`, {})).toMatchObject({ ok: true });
      await expect(wall.cover).toHaveAttribute("data-feed", "over", { timeout: REVOKED_MS });
      await looksWellNowhere(wall);
      await wall.page.reload();
      await expect(wall.notice).toHaveAttribute("data-notice", "revoked");
      expect((await wall.page.request.get(`${relay.baseUrl}/api/v1/clusters`)).status()).toBe(401);
    });
  } finally {
    await stranger.close();
    await television.close();
    await relay.stop();
    await dashboard.stop();
  }
});
