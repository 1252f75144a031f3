import { existsSync } from "node:fs";
import { ensureUp } from "@/lab/index";
import { launchBrowser } from "./browser";
import { START_FILE } from "./dashboard";
import { forgetLies } from "./lies";

/** A browser, a built app, and a lab that is up and healthy; the lab is left up for the next run. */
export default async function globalSetup(): Promise<void> {
  if (!existsSync(START_FILE)) throw new Error(`${START_FILE} is missing: run "npm run build" first`);
  await (await launchBrowser()).close();
  forgetLies();
  await ensureUp({ report: (line) => console.log(`lab: ${line}`) });
}
