import { expect, it } from "vitest";
import { SAMPLE_KINDS, sampleSnapshot } from "@/lib/domain/testing/samples";
import { decodeChange, decodeWhole, encodeChange, encodeWhole, kindOf } from "./codec";

const key = sampleSnapshot("healthy", { version: 3 });

it.each(SAMPLE_KINDS)("a whole picture comes back as it was: %s", (kind) => {
  const picture = sampleSnapshot(kind);
  expect(decodeWhole(encodeWhole(picture))).toEqual(JSON.parse(JSON.stringify(picture)));
});

it.each(SAMPLE_KINDS)("a change against a healthy picture comes back as the picture that it was: %s", (kind) => {
  const picture = sampleSnapshot(kind, { version: 9 });
  const body = encodeChange(key, picture);
  expect(body && kindOf(body)).toEqual({ kind: "change", keyVersion: 3 });
  const decoded = body && decodeChange(decodeWhole(encodeWhole(key)), body, 9);
  expect(decoded).toEqual(JSON.parse(JSON.stringify(picture)));
});

it("a change of little takes little, and a cluster of seven with long names fits as well", () => {
  const later = { ...key, at: sampleSnapshot("healthy", { now: Date.parse(key.at) + 7_000 }).at, version: 4 };
  expect(encodeChange(key, later)?.byteLength).toBeLessThan(200);
  const seven = sampleSnapshot("seven-long-names", { version: 1 });
  const moved = { ...seven, members: [...seven.members].reverse(), version: 2 };
  const body = encodeChange(seven, moved);
  expect(body && decodeChange(decodeWhole(encodeWhole(seven)), body, 2)).toEqual(JSON.parse(JSON.stringify(moved)));
});

it("bytes of another release are known to be unknown", () => {
  expect(kindOf(new Uint8Array([9, 1, 2, 3]))).toBeNull();
  expect(kindOf(new Uint8Array())).toBeNull();
});
