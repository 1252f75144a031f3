import { checkConfig } from "@/lib/collectors/check-config/check-config";
import { renderReport } from "@/lib/collectors/check-config/render";
import { exitCodeOf } from "@/lib/collectors/check-config/report";
import { loadConfig } from "@/lib/config/load";
import { cliTranslate } from "./cli-language";

const CONFIG_INVALID = 2;

// `npm run check-config [path]`: exits with 0 when all is well, 1 when something is missing, 2 when the file is not usable.
const [path] = process.argv.slice(2);
const loaded = loadConfig({ ...(path ? { path } : {}), env: process.env });
if (loaded.kind === "error") {
  console.error(loaded.message);
  process.exit(CONFIG_INVALID);
}
const report = await checkConfig(loaded.config);
console.log(renderReport(report, cliTranslate(process.env)));
// Connections that are still trying must not keep the process.
process.exit(exitCodeOf(report));
