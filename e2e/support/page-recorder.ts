import type { Page } from "@playwright/test";
import type { Recorded } from "./stream-recorder";

/** What the cluster page's `main` said of itself after one change, with when that was committed and painted (ms since 1970). */
export type Shown = {
  readonly at: number;
  readonly paintedAt: number | null;
  readonly version: number;
  readonly leader: string;
  readonly writer: string;
  readonly state: string;
  readonly stale: boolean;
};

/** Runs in the page, before its own code: keeps every state of `main[data-scope]`, and when it was on the glass. */
function watchMain(): void {
  type Row = { -readonly [K in keyof Shown]: Shown[K] };
  const rows: Row[] = [];
  Object.assign(globalThis, { shownOnPage: rows });
  const note = () => {
    const main = document.querySelector<HTMLElement>("main[data-scope][data-version]");
    if (!main) return;
    const { version, leader, writer, state, stale } = main.dataset;
    const row: Row = {
      at: Date.now(),
      paintedAt: null,
      version: Number(version),
      leader: leader ?? "",
      writer: writer ?? "",
      state: state ?? "",
      stale: stale === "true",
    };
    const last = rows.at(-1);
    if (last && last.version === row.version && last.stale === row.stale && last.leader === row.leader) return;
    rows.push(row);
    // The first callback runs before the frame with this change is drawn, the second after it was.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        row.paintedAt = Date.now();
      }),
    );
  };
  new MutationObserver(note).observe(document, {
    subtree: true,
    childList: true,
    attributeFilter: ["data-version", "data-leader", "data-stale"],
  });
}

/** Must be called before the page is opened; also holds for pages that it opens or reloads later. */
export async function recordPage(page: Page): Promise<void> {
  // tsx wraps inner functions in a call of this helper, which the page does not have.
  await page.addInitScript("globalThis.__name ??= (wrapped) => wrapped");
  await page.addInitScript(watchMain);
}

/** Everything that the page has shown since it was last loaded. */
export function readShown(page: Page): Promise<Shown[]> {
  return page.evaluate(() => (globalThis as unknown as { shownOnPage?: Shown[] }).shownOnPage ?? []);
}

/** What the page showed otherwise than the stream said of the same version of the picture. */
export function unlikeStream(
  shown: readonly Shown[],
  frames: readonly Recorded[],
): { matched: number; wrong: string[] } {
  const byVersion = new Map(frames.map((frame) => [frame.snapshot.version, frame.snapshot]));
  let matched = 0;
  const wrong: string[] = [];
  for (const row of shown) {
    const snapshot = byVersion.get(row.version);
    if (!snapshot) continue;
    matched += 1;
    const { writePath, leader } = snapshot;
    const said = `${leader?.name ?? ""}/${writePath.writer ?? ""}/${writePath.state}`;
    const drawn = `${row.leader}/${row.writer}/${row.state}`;
    if (said !== drawn) wrong.push(`version ${row.version}: the page shows ${drawn}, the stream said ${said}`);
  }
  return { matched, wrong };
}
