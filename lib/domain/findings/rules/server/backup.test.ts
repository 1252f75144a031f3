import { describe, expect, test } from "vitest";
import { type BackupSourceView, REMARK_CODES, type RemarkCode } from "../../../backups/view";
import type { Instant } from "../../../ids";
import { message } from "../../../message";
import { healthyState, NOW } from "../../../testing/builders";
import type { Trust } from "../../../trust";
import { readings } from "../../testing/server";
import { inputOf } from "../../testing/staleness";
import { backup } from "./backup";

const PARAMS = {
  stanza: "main",
  hours: 26,
  label: "20261120F",
  count: 2,
  repo: "1",
  message: "unknown",
  theirs: "1",
  ours: "2",
  places: "node1, node2",
};

const remark = (code: RemarkCode) => {
  const key = code.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  return { code, severity: "warn", text: message(`backups.remark.${key}`, PARAMS) } as const;
};

function found(codes: readonly RemarkCode[], trust: Trust = "fresh", second: Trust = "fresh") {
  const place = (name: string, of: Trust) => ({
    place: name,
    sourceId: `backup:main@${name}`,
    trust: of,
    at: new Date(NOW).toISOString() as Instant,
    failure: null,
    count: 1,
    newest: null,
    lockHeld: false,
  });
  const source = {
    id: "main",
    trust,
    remarks: codes.map(remark),
    places: [place("node1", trust), place("node2", second)],
  };
  const input = inputOf(healthyState(), null, NOW);
  const picture = { ...input.picture, backups: { sources: [source as unknown as BackupSourceView], streams: [] } };
  return backup.find({ ...input, picture });
}

describe("backups", () => {
  test.each(REMARK_CODES)(
    "%s: one finding of that name, told with what it means and what to do in both languages",
    (code) => {
      const [draft, ...others] = found([code]);
      if (!draft) throw new Error("nothing was found");
      expect([draft.subject.name, draft.key, others]).toEqual(["main", code, []]);
      for (const text of readings(backup, draft)) expect(text).not.toMatch(/[{}]|^$/);
    },
  );

  test("what to do differs by what is wrong", () => {
    const advice = (["none", "too-old", "local-repository", "page-errors", "archive-ends-early"] as const).map(
      (code) => {
        const [draft] = found([code]);
        return draft && readings(backup, draft)[3];
      },
    );
    expect(new Set(advice).size).toBe(5);
  });

  test("two remarks of a kind keep apart", () => {
    expect(found(["repo-error", "too-old", "repo-error"]).map(({ key }) => key)).toEqual([
      "repo-error",
      "too-old",
      "repo-error-2",
    ]);
  });

  test("what was seen too long ago is not told, nor named as evidence", () => {
    expect(found(["none"], "stale")).toEqual([]);
    expect(found(["none"], "fresh", "stale")[0]?.evidence.map(({ sourceId }) => sourceId)).toEqual([
      "backup:main@node1",
    ]);
  });
});
