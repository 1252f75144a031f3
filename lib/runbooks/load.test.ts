import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { loadRunbooks } from "./load";
import { runbookText } from "./testing/runbook-text";

let builtIn: string;
let own: string;
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "runbooks-"));
  [builtIn, own] = [join(root, "built-in"), join(root, "own")];
  for (const folder of [builtIn, own]) mkdirSync(folder);
});
afterEach(() => rmSync(root, { recursive: true }));

const put = (folder: string, name: string, text = runbookText()) => writeFileSync(join(folder, name), text);
const ids = (folder: string | null = own) => loadRunbooks(builtIn, folder).runbooks.map(({ id }) => id);

describe("the folders of runbooks", () => {
  test("built-in ones come in the order of what they are offered for, then drills, then one's own", () => {
    put(builtIn, "drill-b.yaml", runbookText({ head: "kind: drill" }));
    put(builtIn, "node-returns.yaml");
    put(builtIn, "planned-switchover.yaml");
    put(own, "a-thing.yml");
    put(own, "README.md", "not a runbook");
    expect(ids()).toEqual(["planned-switchover", "node-returns", "drill-b", "a-thing"]);
    expect(ids(null)).toEqual(["planned-switchover", "node-returns", "drill-b"]);
  });

  test("one's own stands in place of the built-in one of its name, and says so", () => {
    put(builtIn, "no-leader.yaml");
    put(own, "no-leader.yaml", runbookText({ role: "admin" }));
    expect(loadRunbooks(builtIn, own).runbooks).toMatchObject([{ id: "no-leader", role: "admin", builtIn: false }]);
  });

  test("a broken one of one's own is told, replaces nothing and stops nothing", () => {
    put(builtIn, "no-leader.yaml");
    put(own, "no-leader.yaml", "title: x");
    put(own, "other.yaml");
    const { runbooks, broken } = loadRunbooks(builtIn, own);
    expect(runbooks.map(({ id, builtIn: of }) => [id, of])).toEqual([
      ["no-leader", true],
      ["other", false],
    ]);
    expect(broken).toMatchObject([{ file: join(own, "no-leader.yaml"), builtIn: false }]);
    expect(broken[0]?.problems.length).toBeGreaterThan(1);
  });

  test.each<[string, string, string]>([
    ["My Runbook.yaml", runbookText(), "lower case letters"],
    ["big.yaml", `${runbookText()}#${"x".repeat(300 * 1024)}`, "at most 256 KiB"],
  ])("%s is refused", (name, text, why) => {
    put(own, name, text);
    expect(loadRunbooks(builtIn, own).broken[0]?.problems[0]).toContain(why);
  });

  test("a folder that is not there, or a folder in place of a file, is told", () => {
    expect(loadRunbooks(builtIn, join(root, "nowhere")).broken[0]?.problems[0]).toContain("no such file or folder");
    mkdirSync(join(own, "odd.yaml"));
    expect(loadRunbooks(builtIn, own).broken[0]?.problems[0]).toContain("cannot be read (EISDIR)");
  });

  test("the digest is that of the very text", () => {
    put(own, "a.yaml");
    put(own, "b.yaml", `${runbookText()}\n# more`);
    const [a, b] = loadRunbooks(builtIn, own).runbooks;
    expect(a?.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(a?.digest).not.toBe(b?.digest);
  });
});
