import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { openApiText } from "./openapi-document";

const path = fileURLToPath(new URL("../openapi.json", import.meta.url));
writeFileSync(path, openApiText());
console.log(path);
