import type { Page } from "@playwright/test";
import { until } from "./until";

/** When the picture of a wall was covered or uncovered, by the browser's own clock. */
export type Turn = {
  readonly feed: string;
  readonly at: number;
  /** Since the last frame came to this page, in ms; null: none came yet. */
  readonly sinceFrameMs: number | null;
};

type TellingWindow = { tellTurn(turn: Turn): Promise<void> };

/** Runs in the page, before its own code. */
function watchScreen(): void {
  let frameAt: number | null = null;
  const Given = window.EventSource;
  class Noted extends Given {
    constructor(url: string | URL, init?: EventSourceInit) {
      super(url, init);
      const note = () => {
        frameAt = Date.now();
      };
      for (const name of ["snapshot", "patch", "heartbeat"]) this.addEventListener(name, note);
    }
  }
  window.EventSource = Noted;
  let last = "";
  const look = () => {
    const feed = document.querySelector("main[data-feed]")?.getAttribute("data-feed") ?? "none";
    if (last === feed) return;
    last = feed;
    const before = frameAt;
    const painted = () => {
      const at = Date.now();
      const sinceFrameMs = before === null ? null : at - before;
      void (window as unknown as TellingWindow).tellTurn({ feed, at, sinceFrameMs });
    };
    // The first callback runs before the frame with this change is drawn, the second after it was.
    requestAnimationFrame(() => requestAnimationFrame(painted));
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributeFilter: ["data-feed"] });
}

/**
 * Notes when frames come to the page, and when it says that it is fed or not, also after it was loaded anew. Must be called before the page
 * is opened; the list grows.
 */
export async function watchWall(page: Page): Promise<readonly Turn[]> {
  const turns: Turn[] = [];
  await page.exposeBinding("tellTurn", (_source, turn: Turn) => {
    turns.push(turn);
  });
  // What runs these scripts may name functions by a helper of its own, which the page does not have.
  await page.addInitScript("globalThis.__name ??= (wrapped) => wrapped");
  await page.addInitScript(watchScreen);
  return turns;
}

/** The first turn of that kind at or after `since`, in ms since 1970. */
export function turnTo(
  turns: readonly Turn[],
  feed: string,
  { since, deadlineMs }: { since: number; deadlineMs: number },
) {
  return until(() => turns.find((turn) => turn.feed === feed && turn.at >= since), {
    deadlineMs,
    what: `the wall to be ${feed}`,
    seen: () => turns,
  });
}

export type Colours = {
  /** Colours that were looked at: of text, grounds, borders, shapes and lines of everything on the screen. */
  readonly seen: number;
  /** Those that a person would call green. */
  readonly green: readonly string[];
};

/** Every computed colour on the screen, as the browser would paint it beneath what covers it. */
export function coloursOf(page: Page): Promise<Colours> {
  return page.evaluate(() => {
    const PROPERTIES = ["color", "backgroundColor", "borderTopColor", "outlineColor", "fill", "stroke"] as const;
    const canvas = document.createElement("canvas");
    canvas.width = 1;
    canvas.height = 1;
    const brush = canvas.getContext("2d", { willReadFrequently: true });
    if (!brush) throw new Error("no canvas to read colours by");
    const known = new Map<string, boolean>();
    const isGreen = (text: string): boolean => {
      brush.clearRect(0, 0, 1, 1);
      brush.fillStyle = text;
      brush.fillRect(0, 0, 1, 1);
      const [red = 0, green = 0, blue = 0, alpha = 0] = brush.getImageData(0, 0, 1, 1).data;
      return alpha > 25 && green - Math.max(red, blue) > 20;
    };
    for (const element of document.body.querySelectorAll("*")) {
      const style = getComputedStyle(element);
      for (const property of PROPERTIES) {
        const text = style[property];
        if (!text || text === "none" || text.startsWith("url")) continue;
        if (!known.has(text)) known.set(text, isGreen(text));
      }
    }
    return { seen: known.size, green: [...known].flatMap(([text, green]) => (green ? [text] : [])) };
  });
}
