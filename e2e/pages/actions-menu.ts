import { expect, type Locator, type Page } from "@playwright/test";
import type { ActionKind } from "@/lib/domain/actions/request";
import { type Locale, word } from "../support/words";

/** The menus of the overview from which a cluster or a member is acted on. */
export class ActionsMenu {
  readonly page: Page;
  private readonly locale: Locale;

  constructor(page: Page, locale: Locale = "en") {
    this.page = page;
    this.locale = locale;
  }

  /** Opens a line of the cluster's menu, or of a member's. */
  async choose(action: ActionKind, options: { readonly member?: string; readonly label?: string } = {}): Promise<void> {
    const line = await this.line(action, options);
    await line.click();
  }

  /** A line of the open menu. */
  async line(
    action: ActionKind,
    { member, label }: { readonly member?: string; readonly label?: string } = {},
  ): Promise<Locator> {
    const name = member
      ? word("action.actionsOn", this.locale).replace("{name}", member)
      : word("action.actions", this.locale);
    const trigger = this.page.getByRole("main").getByRole("button", { name, exact: true });
    // A page that has just come does not hear its first click while its scripts are on their way; a person clicks again.
    await expect(async () => {
      if ((await trigger.getAttribute("aria-expanded")) !== "true") await trigger.click();
      await expect(trigger).toHaveAttribute("aria-expanded", "true", { timeout: 1_000 });
    }).toPass({ timeout: 10_000 });
    const lines = this.page.locator(`[data-action="${action}"]`);
    return label ? lines.filter({ hasText: label }) : lines.first();
  }
}
