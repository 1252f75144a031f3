import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { BackupFacts } from "@/lib/domain/backups/facts";
import type { Result } from "@/lib/domain/observation";
import { parseBarman } from "./barman/parse";
import { parsePgbackrest } from "./pgbackrest/parse";
import { parseWalg } from "./wal-g/parse";

const fixture = (path: string) => readFileSync(join(import.meta.dirname, path), "utf8");
const factsOf = (result: Result<BackupFacts>): BackupFacts => {
  if (!result.ok) throw new Error(result.failure.text);
  return result.value;
};

describe("pgbackrest info", () => {
  const old = fixture("pgbackrest/fixtures/info.pgbackrest-2.45.json");

  test("of 2.45: status, lock, archive and backup in the domain's words", () => {
    const { version, stanzas } = factsOf(parsePgbackrest(old));
    const [stanza] = stanzas;
    expect(version).toBe("2.45");
    expect(stanza).toMatchObject({
      name: "demo",
      status: { kind: "ok" },
      postgresVersion: "15",
      running: { held: true, totalBytes: 23_119_586, doneBytes: 11_559_793 },
      archives: [{ repo: "1", current: true, min: "000000050000000000000005", max: "00000005000000000000002A" }],
    });
    expect(stanza?.backups[0]).toMatchObject({
      label: "20261121-015513F",
      type: "full",
      startedAt: "2026-11-21T01:55:13.000Z",
      stoppedAt: "2026-11-21T01:55:17.000Z",
      durationMs: 4_000,
      databaseBytes: 23_119_586,
      repoDeltaBytes: 3_073_159,
      lsnStop: "0/5000138",
      error: false,
      annotation: { src: "dash" },
      dependsOn: [],
    });
  });

  test("a system identifier keeps all its digits", () => {
    expect(factsOf(parsePgbackrest(old)).stanzas[0]?.systemId).toBe("7710434487420534885");
  });

  test("of 2.55: what a backup stands on is told, the nearest last", () => {
    const facts = factsOf(parsePgbackrest(fixture("pgbackrest/fixtures/info.pgbackrest-2.55.1.json")));
    const incr = facts.stanzas[0]?.backups.find(({ type, dependsOn }) => type === "incr" && dependsOn.length > 0);
    expect(incr?.label.startsWith(`${incr.dependsOn[0]?.slice(0, 16)}`)).toBe(true);
    expect(facts.stanzas[0]?.running).toMatchObject({ held: false, totalBytes: null });
  });

  test("with block-incremental the size in the repository is not told, rather than 0", () => {
    const text = old.replace('"size":3073159,"delta":3073159', '"delta":3073159,"delta-map":12,"size-map":9');
    expect(factsOf(parsePgbackrest(text)).stanzas[0]?.backups[0]).toMatchObject({
      repoBytes: null,
      repoDeltaBytes: 3_073_159,
    });
  });

  test.each([
    [1, "missing"],
    [2, "empty"],
    [3, "missing"],
    [4, "mixed"],
    [5, "mixed"],
    [6, "error"],
    [99, "error"],
    [77, "error"],
  ])("status %i is %s", (code, kind) => {
    const text = old.replace(
      '"status":{"code":0,"message":"ok","lock"',
      `"status":{"code":${code},"message":"m","lock"`,
    );
    expect(factsOf(parsePgbackrest(text)).stanzas[0]?.status).toEqual({ kind, message: "m" });
  });

  test("a database before an upgrade is not the current one", () => {
    const text = old
      .replace(
        '"version":"15"}]',
        '"version":"15"},{"id":2,"repo-key":1,"system-id":7710434487420534999,"version":"17"}]',
      )
      .replace(
        '"max":"00000005000000000000002A"}]',
        '"max":"00000005000000000000002A"},{"id":"17-2","database":{"id":2,"repo-key":1},"min":null,"max":null}]',
      );
    const [stanza] = factsOf(parsePgbackrest(text)).stanzas;
    expect(stanza).toMatchObject({ systemId: "7710434487420534999", postgresVersion: "17" });
    expect(stanza?.archives.map(({ current }) => current)).toEqual([false, true]);
    expect(stanza?.backups[0]?.postgresVersion).toBe("15");
  });

  test("no stanza at all is an answer; an unknown type of the future is unknown", () => {
    expect(factsOf(parsePgbackrest("[]")).stanzas).toEqual([]);
    const text = old.replace('"type":"full"', '"type":"synthetic"').replace('"error":false,', "");
    expect(factsOf(parsePgbackrest(text)).stanzas[0]?.backups[0]).toMatchObject({ type: "unknown", error: null });
  });

  test.each([
    ["nothing", ""],
    ["a text", "ERROR: [031]: missing stanza"],
    ["a cut answer", old.slice(0, 300)],
    ["another shape", '{"a":1}'],
  ])("%s is malformed, and no empty list", (_what, text) => {
    expect(parsePgbackrest(text)).toMatchObject({ ok: false, failure: { kind: "malformed" } });
  });
});

describe("barman list-backups", () => {
  const facts = factsOf(parseBarman(fixture("barman/fixtures/list-backups.barman-3.13.3.json")));

  test("keeps failed and unfinished ones, oldest first", () => {
    const [server] = facts.stanzas;
    expect(server?.name).toBe("main");
    expect(server?.backups.map(({ label, state }) => [label, state])).toEqual([
      ["20261120T010000", "done"],
      ["20261121T010000", "failed"],
      ["20261121T020000", "running"],
    ]);
    expect(server?.running?.held).toBe(true);
    expect(server?.backups[0]).toMatchObject({
      stoppedAt: "2026-11-20T01:00:12.000Z",
      repoBytes: 30_933_905,
      walStart: null,
    });
  });

  test("an empty server is empty", () => {
    expect(factsOf(parseBarman('{"empty": []}')).stanzas[0]).toMatchObject({ status: { kind: "empty" }, backups: [] });
  });

  test.each([
    ["an unknown server", `{"_ERROR": ["Unknown server 'nosuch'"]}`, "failed"],
    ["an exception", '{"_EXCEPTION": ["boom"], "main": []}', "failed"],
    ["nothing", "", "malformed"],
    ["a text", "barman: command not found", "malformed"],
  ])("%s is told as such", (_what, text, kind) => {
    expect(parseBarman(text)).toMatchObject({ ok: false, failure: { kind } });
  });
});

describe("wal-g backup-list", () => {
  test("positions and identifiers keep all their digits; a delta stands on its base", () => {
    const facts = factsOf(parseWalg(fixture("wal-g/fixtures/backup-list-detail.wal-g-documented.json"), "main"));
    const [full, delta] = facts.stanzas[0]?.backups ?? [];
    expect(full).toMatchObject({
      type: "full",
      lsnStart: "0/4000028",
      systemId: "7434821190352231442",
      retention: "permanent",
    });
    expect(delta).toMatchObject({
      type: "incr",
      dependsOn: [full?.label],
      durationMs: 3_000,
      databaseBytes: 32_212_254_720,
    });
  });

  test.each(["", "[]", "null"])("an empty storage prints %j, and is empty", (text) => {
    expect(factsOf(parseWalg(text, "main")).stanzas[0]).toMatchObject({ status: { kind: "empty" }, backups: [] });
  });

  test("without --detail there are names and times only", () => {
    const text =
      '[{"backup_name":"base_000000010000000000000004","time":"2026-11-20T01:00:09Z","wal_file_name":"000000010000000000000004"}]';
    expect(factsOf(parseWalg(text, "main")).stanzas[0]?.backups[0]).toMatchObject({
      stoppedAt: "2026-11-20T01:00:09.000Z",
      databaseBytes: null,
      lsnStart: null,
    });
  });

  test("something else is malformed", () => {
    expect(parseWalg("ERROR: no config", "main")).toMatchObject({ ok: false, failure: { kind: "malformed" } });
  });
});
