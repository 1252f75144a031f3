import { expect, type Locator, type Page } from "@playwright/test";
import type { OperationState } from "@/lib/domain/actions/operation";
import { until } from "../support/until";
import { type Locale, word } from "../support/words";

/** A plan is made of fresh looks at every system; a look that hangs is waited for no longer than a few seconds. */
const PLAN_MS = 20_000;
const WORDS = ["done", "done-otherwise", "other-leader", "refused", "failed", "unknown", "scheduled"] as const;
type Ended = Exclude<OperationState, "running" | "awaiting-approval"> | "other-leader";

/** The one dialog in which something is done to a cluster. */
export class ActionDialog {
  readonly page: Page;
  readonly dialog: Locator;
  readonly heading: Locator;
  readonly scope: Locator;
  readonly reason: Locator;
  /** The button that does it. */
  readonly deed: Locator;
  readonly refusal: Locator;
  readonly operation: Locator;
  private readonly plan: Locator;
  private readonly locale: Locale;

  constructor(page: Page, locale: Locale = "en") {
    this.page = page;
    this.locale = locale;
    this.dialog = page.locator("dialog[data-action-dialog]");
    this.heading = this.dialog.getByRole("heading", { level: 2 });
    this.plan = this.dialog.locator("[data-plan]");
    this.scope = this.dialog.locator('[data-confirm="scope"]');
    this.reason = this.dialog.locator('[data-confirm="reason"]');
    this.deed = this.dialog.locator("[data-deed]");
    this.refusal = this.dialog.locator("[data-refusal]");
    this.operation = this.dialog.locator("[data-operation]");
  }

  check(id: string): Locator {
    return this.dialog.locator(`[data-check="${id}"]`);
  }

  /** What forbids it, in ids, once the plan is there. */
  async blocks(): Promise<readonly string[]> {
    await this.planned();
    const rows = await this.dialog.locator('[data-status="block"]').all();
    return await Promise.all(rows.map(async (row) => (await row.getAttribute("data-check")) ?? ""));
  }

  /** A plan of exactly what is chosen stands there. */
  async planned(): Promise<void> {
    await expect(this.plan).toHaveAttribute("data-plan", /.+/, { timeout: PLAN_MS });
    await expect(this.plan).toHaveAttribute("data-settled", "true", { timeout: PLAN_MS });
  }

  async planId(): Promise<string> {
    await this.planned();
    return (await this.plan.getAttribute("data-plan")) ?? "";
  }

  /** Until nothing forbids it: after a handover members need a moment to stream again. */
  async free(deadlineMs = 45_000): Promise<void> {
    let seen: readonly string[] = [];
    await until(
      async () => {
        seen = await this.blocks();
        if (seen.length === 0) return true;
        await this.again();
        return undefined;
      },
      { deadlineMs, everyMs: 500, what: "a plan that nothing blocks", seen: () => seen },
    );
  }

  async again(): Promise<void> {
    const before = await this.planId();
    await this.dialog.getByRole("button", { name: word("actionDialog.life.again", this.locale) }).click();
    await expect(this.plan).not.toHaveAttribute("data-plan", before, { timeout: PLAN_MS });
    await this.planned();
  }

  /** Chooses one of several by its radio button. */
  async choose(name: string | RegExp): Promise<void> {
    await this.dialog.getByRole("radio", { name, exact: typeof name === "string" }).check();
  }

  /** Ticks every warning, types the scope and a reason; presses nothing. */
  async fill(scope: string, reason: string): Promise<void> {
    await this.planned();
    for (const tick of await this.dialog.locator('[data-status="warn"] input[type="checkbox"]').all()) {
      await tick.check();
    }
    await this.scope.fill(scope);
    await this.reason.fill(reason);
  }

  /** Fills everything in and does it; resolves with the operation's id once it is begun. */
  async execute(scope: string, reason: string): Promise<string> {
    await this.free();
    await this.fill(scope, reason);
    await expect(this.deed).toHaveAttribute("aria-disabled", "false");
    await this.deed.click();
    await expect(this.operation.or(this.refusal)).toBeVisible({ timeout: PLAN_MS });
    const refused = (await this.refusal.count()) > 0 ? await this.refusal.textContent() : null;
    expect(refused, "the server takes it").toBeNull();
    return (await this.operation.getAttribute("data-operation")) ?? "";
  }

  /** The word that it ends in. */
  async ends(expected: Ended, deadlineMs: number): Promise<void> {
    const ended = new RegExp(`^(${WORDS.join("|")})$`);
    await expect(this.operation).toHaveAttribute("data-word", ended, { timeout: deadlineMs });
    const told = (await this.operation.locator("[data-outcome]").allInnerTexts()).join(" ");
    expect(await this.operation.getAttribute("data-word"), told).toBe(expected);
    await expect(this.operation).toContainText(word(`operation.word.${expected}`, this.locale));
  }

  step(id: string): Locator {
    return this.operation.locator(`[data-step="${id}"]`);
  }

  async close(): Promise<void> {
    await this.dialog
      .getByRole("button", { name: word("actionDialog.close", this.locale) })
      .last()
      .click();
    await expect(this.dialog).toHaveCount(0);
  }
}
