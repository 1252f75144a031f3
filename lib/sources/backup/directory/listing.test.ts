import { mkdir, mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { BackupConfig } from "@/lib/config/types";
import { askByCommand } from "../command";
import { readListing } from "./listing";
import { readDirectory } from "./read";

const LABEL = `START WAL LOCATION: 0/4000028 (file 000000010000000000000004)
CHECKPOINT LOCATION: 0/4000060
BACKUP METHOD: streamed
BACKUP FROM: primary
START TIME: 2026-11-21 02:30:47 UTC
LABEL: nightly
START TIMELINE: 1
`;
const MANIFEST = `{ "PostgreSQL-Backup-Manifest-Version": 2,
"System-Identifier": 7710434487420534885,
"Files": [
{ "Path": "backup_label", "Size": 227, "Last-Modified": "2026-11-21 02:30:47 GMT", "Checksum-Algorithm": "CRC32C", "Checksum": "a1" },
{ "Path": "base/1/\\"Size\\": 9", "Size": 8192, "Last-Modified": "2026-11-21 02:30:47 GMT", "Checksum-Algorithm": "CRC32C", "Checksum": "b2" }
],
"WAL-Ranges": [
{ "Timeline": 2, "Start-LSN": "0/5000028", "End-LSN": "0/6000000" },
{ "Timeline": 1, "Start-LSN": "0/4000028", "End-LSN": "0/5000028" }
],
"Manifest-Checksum": "ff"}
`;

describe("base backups of a folder, listed by a command", () => {
  let folder: string;
  const never = new AbortController().signal;
  const config = (over: Partial<BackupConfig> = {}): BackupConfig => ({
    name: "far",
    kind: "directory",
    via: "command",
    stanza: null,
    function: "",
    command: [],
    ssh: null,
    path: folder,
    intervalMs: 60_000,
    timeoutMs: 10_000,
    maxAgeMs: 1,
    outputMaxBytes: 1_000_000,
    ...over,
  });
  const put = async (name: string, files: Readonly<Record<string, string>>) => {
    await mkdir(join(folder, name));
    for (const [file, text] of Object.entries(files)) {
      await writeFile(join(folder, name, file), text);
      await utimes(join(folder, name, file), 1_795_225_900, 1_795_225_900);
    }
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "matriarch-listing-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test("are told as when the folder is read itself", async () => {
    await put("whole", { backup_label: LABEL, backup_manifest: MANIFEST, PG_VERSION: "17\n" });
    await put("cut off", { backup_label: LABEL, PG_VERSION: "17\n" });
    await put("cut-short", { backup_label: LABEL, backup_manifest: MANIFEST.slice(0, 400) });
    await put("it's $(none)", { "some-file": "" });
    const [read, listed] = [await readDirectory(config(), never), await askByCommand(config(), never)];
    expect(listed).toEqual(read);
    const backups = listed.ok ? (listed.value.stanzas[0]?.backups ?? []) : [];
    expect(backups.map(({ label, state }) => [label, state]).sort()).toEqual([
      ["cut off", "incomplete"],
      ["cut-short", "incomplete"],
      ["whole", "done"],
    ]);
    expect(backups.find(({ label }) => label === "whole")).toMatchObject({
      databaseBytes: 8_419,
      systemId: "7710434487420534885",
      lsnStop: "0/6000000",
      postgresVersion: "17",
    });
  });

  test("an empty folder is empty", async () => {
    expect(await askByCommand(config(), never)).toEqual(await readDirectory(config(), never));
  });

  test("a folder that is not there is a failure in the words of the shell", async () => {
    const answer = await askByCommand(config({ path: join(folder, "gone") }), never);
    expect(answer).toMatchObject({ ok: false, failure: { kind: "failed", text: expect.stringContaining("gone") } });
  });

  test.each([
    ["nothing", ""],
    ["something else", "hello\nend\n"],
    ["a list that was cut short", "folder a\nlabel LABEL: x\n"],
  ])("%s is malformed, not an empty list", (_what, text) => {
    expect(readListing(text, "x")).toMatchObject({ ok: false, failure: { kind: "malformed" } });
  });
});
