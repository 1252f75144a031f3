import { existsSync } from "node:fs";

/** The machine's own Chromium (`MATRIARCH_CHROMIUM`, else where Debian puts it), else the one that Playwright brings. */
const INSTALLED = process.env.MATRIARCH_CHROMIUM ?? "/usr/bin/chromium";

export const launchOptions = {
  ...(existsSync(INSTALLED) ? { executablePath: INSTALLED } : {}),
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
