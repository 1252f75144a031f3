import { join } from "node:path";
import { defineConfig } from "@playwright/test";
import { launchOptions } from "./e2e/support/browser";
import { RESULTS } from "./e2e/support/dashboard";

/** The built app against the lab: there is one cluster, so one worker and one test at a time. */
export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  outputDir: join(RESULTS, "playwright"),
  globalSetup: "./e2e/support/global-setup.ts",
  globalTeardown: "./e2e/support/global-teardown.ts",
  workers: 1,
  fullyParallel: false,
  // Real hosts, real clocks: what fails once and then passes is reported as flaky. A page that said what was not so is never
  // forgiven by a second run: see lies.ts.
  retries: 1,
  forbidOnly: process.env.CI !== undefined,
  timeout: 120_000,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
  use: {
    locale: "en-GB",
    timezoneId: "UTC",
    viewport: { width: 1440, height: 900 },
    // Recording every test costs a tenth of the run; what failed once is run again, and recorded then.
    trace: "on-first-retry",
    actionTimeout: 10_000,
    navigationTimeout: 15_000,
    launchOptions,
  },
});
