import { expect, type Locator, type Page } from "@playwright/test";
import type { SourceKind } from "@/lib/domain/observation";
import { type Locale, word } from "../support/words";

/** What the cluster page's `main` says of the picture that stands painted. */
export type Painted = {
  readonly version: number;
  readonly leader: string;
  readonly writer: string;
  readonly state: string;
  readonly code: string;
  readonly stale: boolean;
};

/** One cluster's overview. */
export class ClusterPage {
  readonly page: Page;
  readonly main: Locator;
  /** The sentence that says who takes writes. */
  readonly sentence: Locator;
  /** Over a page whose scripts never came. */
  readonly lifeless: Locator;
  readonly witnesses: Locator;
  readonly members: Locator;
  readonly vip: Locator;
  readonly clientEye: Locator;
  readonly sources: Locator;
  readonly findings: Locator;
  readonly topology: Locator;
  readonly drawer: Locator;
  private readonly poolWords: Readonly<Record<"write" | "read", string>>;

  constructor(page: Page, locale: Locale = "en") {
    const region = (key: string) => page.getByRole("region", { name: word(key, locale), exact: true });
    this.page = page;
    this.poolWords = { write: word("haproxy.write", locale), read: word("haproxy.read", locale) };
    this.main = page.locator("main[data-scope]");
    this.sentence = this.main.getByRole("heading", { level: 2 }).first();
    this.lifeless = page.locator("[data-lifeless]");
    this.witnesses = page.getByRole("list", { name: word("verdict.witnesses", locale) });
    this.members = region("members.title");
    this.vip = region("vip.title");
    this.clientEye = region("clientEye.title");
    this.sources = region("sources.title");
    this.findings = region("findings.title");
    this.topology = region("topology.title");
    this.drawer = page.getByRole("dialog", { name: word("drawer.title", locale) });
  }

  /** A member's row in the members table. */
  member(name: string): Locator {
    return this.members.getByRole("row").filter({ has: this.page.getByRole("rowheader", { name }) });
  }

  /** A source's line in the sources panel. */
  source(kind: SourceKind, target: string): Locator {
    return this.sources.locator(`[data-source="${kind}:${target}"]`);
  }

  /** One server in a pool of one HAProxy, in the HAProxy panel. */
  poolServer(node: string, kind: "write" | "read", server: string): Locator {
    const label = this.page.getByText(this.poolWords[kind], { exact: true });
    const pool = this.main.locator(`[data-haproxy="${node}"]`).locator("div").filter({ has: label }).last();
    return pool.getByRole("listitem").filter({ hasText: server });
  }

  witness(layer: string): Locator {
    return this.witnesses.locator(`[data-witness="${layer}"]`);
  }

  async painted(): Promise<Painted> {
    const data = await this.main.evaluate((main: HTMLElement) => ({ ...main.dataset }));
    return {
      version: Number(data.version),
      leader: data.leader ?? "",
      writer: data.writer ?? "",
      state: data.state ?? "",
      code: data.code ?? "",
      stale: data.stale === "true",
    };
  }

  /** Waits until the page shows this leader as the one that takes writes, and nothing wrong. */
  async showsHealthy(leader: string, deadlineMs: number): Promise<void> {
    const at = { timeout: deadlineMs };
    await expect(this.main).toHaveAttribute("data-leader", leader, at);
    await expect(this.main).toHaveAttribute("data-writer", leader, at);
    await expect(this.main).toHaveAttribute("data-state", "ok", at);
    await expect(this.main).toHaveAttribute("data-stale", "false", at);
  }
}
