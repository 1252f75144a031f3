import type { Locator, Page } from "@playwright/test";
import { type Locale, word } from "../support/words";

/** What one PostgreSQL server says of itself. */
export class PostgresPage {
  readonly page: Page;
  readonly main: Locator;
  readonly members: Locator;
  readonly topics: Locator;
  readonly blocking: Locator;
  readonly sessions: Locator;
  private readonly locale: Locale;

  constructor(page: Page, locale: Locale = "en") {
    this.page = page;
    this.locale = locale;
    this.main = page.locator('main[data-page="activity"]');
    this.members = page.getByRole("navigation", { name: word("postgres.member", locale), exact: true });
    this.topics = page.getByRole("navigation", { name: word("postgres.topic", locale), exact: true });
    this.blocking = this.panel("postgres.blocking.title");
    this.sessions = this.panel("postgres.sessions.title");
  }

  panel(key: string): Locator {
    return this.page.getByRole("region", { name: word(key, this.locale), exact: true });
  }

  async open(clusterPath: string, topic: string, member?: string): Promise<void> {
    const query = new URLSearchParams({ topic, ...(member ? { member } : {}) });
    await this.page.goto(`${clusterPath}/activity?${query}`);
  }

  /** One session's line in the blocking tree. */
  blocked(pid: number): Locator {
    return this.blocking.locator(line(pid));
  }

  /** What folds those away that wait for a session. */
  fold(pid: number): Locator {
    return this.blocking.locator("summary", { has: this.page.locator(line(pid)) });
  }
}

const line = (pid: number) => `[data-blocking-pid="${pid}"]`;
