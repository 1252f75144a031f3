import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const HERE = "app/(console)";

const pages = readdirSync(HERE, { recursive: true, encoding: "utf8" }).filter((path) => /(^|\/)page\.tsx$/.test(path));

/** A layout is not drawn again on the way from page to page, and lets pages through that send the reader to sign in. */
describe("the console's pages", () => {
  it.each(pages)("%s checks the reader itself", (path) => {
    expect(readFileSync(join(HERE, path), "utf8")).toMatch(/await require(Person|Cluster)\(/);
  });
  it("are found", () => {
    expect(pages.length).toBeGreaterThanOrEqual(2);
  });
});
