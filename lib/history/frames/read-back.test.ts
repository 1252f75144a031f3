import { describe, expect, it } from "vitest";
import { sampleSnapshot } from "@/lib/domain/testing/samples";
import { readBack } from "./read-back";

type Plain = Record<string, unknown>;
const stored = (): Plain => JSON.parse(JSON.stringify(sampleSnapshot("healthy"))) as Plain;
const without = (...names: string[]): Plain => {
  const picture = stored();
  for (const name of names) delete picture[name];
  return picture;
};

describe("a picture of an earlier release", () => {
  it("that lacks nothing comes back unchanged", () => expect(readBack(stored())).toEqual(stored()));

  it("gets null for what it did not know, at any depth", () => {
    const picture = without("configuration", "paused", "archiving");
    for (const member of picture.members as Plain[]) delete member.lsn;
    const back = readBack(picture);
    expect(back).toMatchObject({ configuration: null, paused: null, archiving: null });
    expect(back?.members.map(({ lsn }) => lsn)).toEqual([null, null, null]);
  });

  it("gets an empty list or section where null is no value", () => {
    const back = readBack(without("history", "backups"));
    expect(back).toMatchObject({ history: [], backups: { sources: [] } });
  });

  it.each([
    ["no picture", { hello: "world" }],
    ["nothing", null],
    ["a text", "picture"],
    ["a picture with a value of another kind", { ...stored(), members: "three" }],
  ])("is null when it is %s", (_name, value) => expect(readBack(value)).toBeNull());

  it("with a finding of the first release keeps it, under its own name", () => {
    const old = { id: "vip-nowhere", severity: "critical", subject: "10.0.0.200", since: "2026-11-21T03:00:00.000Z" };
    const text = { key: "domain.vip.nowhere", params: {} };
    const back = readBack({ ...(without("watch", "attention") as object), findings: [{ ...old, text }] });
    expect(back?.findings).toEqual([
      expect.objectContaining({
        ...old,
        text,
        rule: "vip-nowhere",
        subject: expect.objectContaining({ name: "10.0.0.200" }),
      }),
    ]);
  });
});
