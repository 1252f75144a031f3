import { readFile } from "node:fs/promises";
import { expect, type Locator, type Page } from "@playwright/test";
import type { Run } from "@/lib/domain/runbooks/run";
import { anyOf, type Locale, word } from "../support/words";

/** A tick or a choice is answered at once; a page that has just been read again needs a moment to show it. */
const ANSWER_MS = 10_000;

/** One run of a runbook, as whoever carries it or follows it sees it. */
export class RunPage {
  readonly page: Page;
  readonly run: Locator;
  /** The step that it is at, large. */
  readonly current: Locator;
  readonly contradiction: Locator;
  readonly refusal: Locator;
  /** Who was asked to take it over. */
  readonly handedTo: Locator;
  readonly takeOver: Locator;
  readonly record: Locator;
  private readonly locale: Locale;

  constructor(page: Page, locale: Locale = "en") {
    this.page = page;
    this.locale = locale;
    this.run = page.locator("article[data-run]");
    this.current = this.run.locator("[data-current]");
    this.contradiction = this.run.locator("[data-contradiction]");
    this.refusal = page.locator("[data-refusal]");
    this.handedTo = this.run.locator("[data-handed-to]");
    this.takeOver = this.button("runbooks.takeOver");
    this.record = this.run.locator("[data-record]");
  }

  /** A button of the run by the key of its word. */
  button(key: string): Locator {
    return this.run.getByRole("button", { name: word(key, this.locale), exact: true });
  }

  /** What takes the run past an instruction or a note. */
  get tickButton(): Locator {
    return this.button("runbooks.tick").or(this.button("runbooks.read"));
  }

  step(id: string): Locator {
    return this.run.locator(`[data-step="${id}"]`);
  }

  entries(kind: string): Locator {
    return this.record.locator(`[data-entry="${kind}"]`);
  }

  async isAt(step: string, deadlineMs = ANSWER_MS): Promise<void> {
    await expect(this.run).toHaveAttribute("data-run-step", step, { timeout: deadlineMs });
  }

  async is(state: Run["state"], deadlineMs = ANSWER_MS): Promise<void> {
    await expect(this.run).toHaveAttribute("data-run-state", state, { timeout: deadlineMs });
  }

  async carriedBy(name: string): Promise<void> {
    await expect(this.run).toHaveAttribute("data-carrier", name);
  }

  async version(): Promise<number> {
    return Number(await this.run.getAttribute("data-run-version"));
  }

  /** Says that an instruction was carried out, or a note read; the run has then left it. */
  async tick(step: string, deadlineMs = ANSWER_MS): Promise<void> {
    await this.isAt(step, deadlineMs);
    await expect(this.tickButton).toHaveAttribute("aria-disabled", "false", { timeout: ANSWER_MS });
    await this.tickButton.click();
    await expect(this.step(step)).toHaveAttribute("data-step-state", "ticked", { timeout: ANSWER_MS });
  }

  async choose(step: string, option: string, deadlineMs = ANSWER_MS): Promise<void> {
    await this.isAt(step, deadlineMs);
    await this.current.locator(`[data-option="${option}"]`).getByRole("button").click();
    await expect(this.step(step)).toHaveAttribute("data-step-state", "ticked", { timeout: ANSWER_MS });
  }

  /** Opens the guarded dialog of an action step. */
  async openAction(step: string, deadlineMs = ANSWER_MS): Promise<void> {
    await this.isAt(step, deadlineMs);
    const deed = this.current.getByRole("button", { name: /…$/ }).first();
    await expect(deed).toHaveAttribute("aria-disabled", "false", { timeout: ANSWER_MS });
    await deed.click();
  }

  async handOver(to: string): Promise<void> {
    await this.button("runbooks.handOver.open").click();
    await this.page.getByLabel(word("runbooks.handOver.to", this.locale)).fill(to);
    await this.page.getByRole("button", { name: word("runbooks.handOver.deed", this.locale), exact: true }).click();
    await expect(this.handedTo).toHaveAttribute("data-handed-to", to);
  }

  async note(text: string): Promise<void> {
    await this.page.getByLabel(word("runbooks.note", this.locale)).fill(text);
    await this.button("runbooks.addNote").click();
    await expect(this.entries("noted").filter({ hasText: text })).toBeVisible();
  }

  /** Presses what is done with words, and gives them: `overrule`, `abandon`. */
  async withWords(deed: "overrule" | "abandon", reason: string): Promise<void> {
    await this.button(`runbooks.${deed}.open`).first().click();
    await this.page.getByLabel(word("alertsPage.reason", this.locale), { exact: true }).fill(reason);
    await this.page.getByRole("button", { name: word(`runbooks.${deed}.deed`, this.locale), exact: true }).click();
  }

  /** Commands of the present step, as they would be copied. */
  async commands(): Promise<readonly string[]> {
    const buttons = await this.current.getByRole("button", { name: anyOf("runbooks.copyThis", this.locale) }).all();
    const head = word("runbooks.copyThis", this.locale).split("{")[0] ?? "";
    return await Promise.all(
      buttons.map(async (one) => ((await one.getAttribute("aria-label")) ?? "").slice(head.length)),
    );
  }

  /** The record as the browser saves it. */
  async export(): Promise<string> {
    const saved = this.page.waitForEvent("download");
    await this.run.getByRole("link", { name: word("runbooks.export", this.locale) }).click();
    const file = await saved;
    expect(file.suggestedFilename()).toMatch(/\.md$/);
    return await readFile(await file.path(), "utf8");
  }
}
