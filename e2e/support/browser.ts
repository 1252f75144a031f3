import { existsSync } from "node:fs";
import { type Browser, chromium } from "@playwright/test";

const DEBIAN = "/usr/bin/chromium";

/** The Chromium that `MATRIARCH_CHROMIUM` names, else Debian's, else the one that Playwright brings. */
const program = process.env.MATRIARCH_CHROMIUM ?? (existsSync(DEBIAN) ? DEBIAN : undefined);

export const launchOptions = {
  ...(program === undefined ? {} : { executablePath: program }),
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
    // A page nobody looks at must tick as one on a wall does.
    "--disable-background-timer-throttling",
    "--disable-renderer-backgrounding",
  ],
};

/**
 * A browser of our own, to be asked for before anything that would have to be taken down again. Rejects with what is missing and how to
 * get it where none can be started.
 */
export async function launchBrowser(): Promise<Browser> {
  try {
    return await chromium.launch(launchOptions);
  } catch (cause) {
    const said = cause instanceof Error ? cause.message.split("\n")[0] : String(cause);
    throw new Error(
      `no Chromium could be started: install Debian's package "chromium", or name a program in MATRIARCH_CHROMIUM (${said})`,
      { cause },
    );
  }
}
