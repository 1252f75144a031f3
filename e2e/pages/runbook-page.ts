import { expect, type Locator, type Page } from "@playwright/test";
import { type Locale, word } from "../support/words";

/** The runbooks of a cluster, and one of them as it reads before it is begun. */
export class RunbookPage {
  readonly page: Page;
  /** The runbook that is open. */
  readonly runbook: Locator;
  /** What findings ask for now. */
  readonly offered: Locator;
  readonly begin: Locator;
  private readonly locale: Locale;

  constructor(page: Page, locale: Locale = "en") {
    this.page = page;
    this.locale = locale;
    this.runbook = page.locator("article[data-runbook]");
    this.offered = page.locator('[data-group="offered"] [data-runbook]');
    this.begin = page.locator("[data-begin]");
  }

  async openList(clusterPath: string): Promise<void> {
    await this.page.goto(`${clusterPath}/runbooks`);
  }

  /** Opens a runbook from the list of all of them. */
  async choose(id: string): Promise<void> {
    const row = this.page.locator(`[data-group]:not([data-group="offered"]) [data-runbook="${id}"]`);
    await row.getByRole("link").first().click();
    await expect(this.runbook).toHaveAttribute("data-runbook", id, { timeout: 15_000 });
  }

  /** Begins a run with these members, by the labels of what it asks for; resolves with its id, on its page. */
  async start(members: Readonly<Record<string, string>>): Promise<string> {
    for (const [name, member] of Object.entries(members)) {
      await this.begin.locator(`[data-input="${name}"]`).getByRole("combobox").selectOption(member);
    }
    const drill =
      (await this.begin.getByRole("button", { name: word("runbooks.begin.drill", this.locale) }).count()) > 0;
    const deed = this.begin.getByRole("button", {
      name: word(`runbooks.begin.${drill ? "drill" : "deed"}`, this.locale),
    });
    await expect(deed).toHaveAttribute("aria-disabled", "false");
    await deed.click();
    await this.page.waitForURL(/\/runs\/[^/]+$/);
    return decodeURIComponent(new URL(this.page.url()).pathname.split("/").at(-1) ?? "");
  }

  /** What a drill has proven on this cluster. */
  proven(proof: "failover" | "restore"): Locator {
    return this.page.locator(`[data-proven="${proof}"]`);
  }
}
