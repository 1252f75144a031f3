import type { Locator, Page } from "@playwright/test";

/** The wall, as one sees it from across the room. */
export class WallPage {
  readonly page: Page;
  readonly screen: Locator;
  readonly tiles: Locator;
  /** Lies over the whole screen while it is not fed. */
  readonly cover: Locator;
  /** What a wall's link says while it signs in, or when it cannot. */
  readonly entry: Locator;
  readonly notice: Locator;
  /** There once the page's own scripts run. */
  readonly alive: Locator;

  constructor(page: Page) {
    this.page = page;
    this.screen = page.locator("main[data-feed]");
    this.tiles = page.locator("[data-cluster]");
    this.cover = page.locator('[role="alert"][data-feed]');
    this.entry = page.locator("[data-entry]");
    this.notice = page.locator("[data-notice][role=alert]");
    this.alive = page.locator("html[data-alive]");
  }

  /** Tiles that look well. */
  get well(): Locator {
    return this.page.locator('[data-cluster][data-level="ok"], [data-cluster][data-level="info"]');
  }

  /** How much of the screen's light is taken by what covers it without any script: 0 to 1. */
  async coverOpacity(): Promise<number> {
    return await this.page.locator("[data-dead-man]").evaluate((cover) => Number(getComputedStyle(cover).opacity));
  }

  /** Whether it would be seen to move when it turned to its next page now. */
  async turnsMoving(): Promise<boolean> {
    return await this.page.locator("[data-turns]").evaluate((grid: HTMLElement) => {
      const was = grid.dataset.turns ?? "false";
      grid.dataset.turns = "true";
      const { animationName, animationDuration } = getComputedStyle(grid);
      const moving = animationName !== "none" && Number.parseFloat(animationDuration) > 0;
      grid.dataset.turns = was;
      return moving;
    });
  }
}
