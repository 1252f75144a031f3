import { describe, expect, it } from "vitest";
import { compare } from "./compare";
import { redact } from "./redact";

describe("secrets are taken out", () => {
  const cases: readonly [string, unknown, unknown][] = [
    ["under a telling key", { password: "hunter2" }, { password: "[secret]" }],
    [
      "under any spelling of it",
      { sslPassphrase: "x", API_TOKEN: "y", passfile: "/z" },
      { sslPassphrase: "[secret]", API_TOKEN: "[secret]", passfile: "[secret]" },
    ],
    ["as a whole section", { credentials: { a: 1 } }, { credentials: "[secret]" }],
    ["in lists", [{ secret: "x" }], [{ secret: "[secret]" }]],
    [
      "in a conninfo",
      { primary_conninfo: "host=a user=r password=hunter2 port=5432" },
      { primary_conninfo: "host=a user=r password=[secret] port=5432" },
    ],
    ["in a quoted conninfo", { restore: "x password='a \\' b' y" }, { restore: "x password=[secret] y" }],
    [
      "in an URL",
      { archive_command: "wal-g --url s3://key:hunter2@host/x" },
      { archive_command: "wal-g --url s3://key:[secret]@host/x" },
    ],
  ];
  it.each(cases)("%s", (_name, value, clean) => expect(redact(value)).toEqual(clean));

  it("and nothing else is", () => {
    const value = {
      ttl: 30,
      postgresql: { parameters: { password_encryption: "scram-sha-256", max_connections: 100 } },
      empty: null,
    };
    expect(redact(value)).toEqual(value);
  });
});

describe("differences", () => {
  const cases: readonly [string, unknown, unknown, readonly unknown[]][] = [
    ["none", { a: { b: [1] } }, { a: { b: [1] } }, []],
    ["a value", { a: { b: 1 } }, { a: { b: 2 } }, [{ path: "a.b", before: 1, after: 2 }]],
    ["a key that came", {}, { a: { b: 1 } }, [{ path: "a.b", before: null, after: 1 }]],
    ["a key that went", { a: 1, b: 2 }, { b: 2 }, [{ path: "a", before: 1, after: null }]],
    ["a list, as a whole", { a: [1, 2] }, { a: [2, 1] }, [{ path: "a", before: [1, 2], after: [2, 1] }]],
    ["a section that became a value", { a: { b: 1 } }, { a: 1 }, [{ path: "a", before: { b: 1 }, after: 1 }]],
  ];
  it.each(cases)("%s", (_name, before, after, expected) => expect(compare(before, after)).toEqual(expected));
});
