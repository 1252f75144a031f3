import { describe, expect, test } from "vitest";
import { plainText, QUERY_CHARS_MAX, shownQuery } from "./query-text";

const WORD = "hunter2";

describe("a query's text", () => {
  test.each([
    ["CREATE ROLE", `CREATE ROLE app LOGIN PASSWORD '${WORD}' VALID UNTIL '2030-01-01'`],
    ["ALTER USER, encrypted, small letters", `alter user app with encrypted password '${WORD}'`],
    ["no blank", `ALTER ROLE app PASSWORD'${WORD}'`],
    ["a doubled quote inside", `ALTER ROLE app PASSWORD 'a''${WORD}'`],
    ["an escaped quote inside", `ALTER ROLE app PASSWORD E'a\\'${WORD}'`],
    ["a backslash at the end", `ALTER ROLE app PASSWORD '${WORD}\\'`],
    ["unicode escapes", `ALTER ROLE app PASSWORD U&'${WORD}'`],
    ["dollar quotes", `ALTER ROLE app PASSWORD $x$${WORD}$x$`],
    ["empty dollar quotes", `ALTER ROLE app PASSWORD $$${WORD}$$`],
    ["a comment between", `ALTER ROLE app PASSWORD /* new */ -- really\n '${WORD}'`],
    ["a literal that was cut off", `ALTER ROLE app PASSWORD '${WORD}`],
    ["a dollar literal that was cut off", `ALTER ROLE app PASSWORD $x$${WORD}`],
    ["over two lines", `ALTER ROLE app PASSWORD '${WORD}\n${WORD}'`],
    ["a user mapping", `CREATE USER MAPPING FOR a SERVER s OPTIONS (user 'a', password '${WORD}')`],
    ["a connection string", `SELECT dblink('host=db user=a password=${WORD} dbname=x')`],
    [
      "a connection string that ends with it",
      `CREATE SUBSCRIPTION s CONNECTION 'host=db password=${WORD}' PUBLICATION p`,
    ],
    ["a quoted word in a connection string", `SELECT dblink('host=db password=''${WORD}''')`],
    ["dynamic SQL", `EXECUTE 'ALTER ROLE app PASSWORD ''${WORD}'''`],
    ["an address", `SELECT dblink('postgres://a:${WORD}@db/x')`],
    ["a stored SCRAM word", `ALTER ROLE app PASSWORD 'SCRAM-SHA-256$4096:${WORD}$a:b'`],
    ["two in one text", `ALTER ROLE a PASSWORD '${WORD}'; ALTER ROLE b PASSWORD '${WORD}'`],
  ])("%s shows no password", (_name, query) => {
    const { text } = shownQuery(query);
    expect(text).not.toContain(WORD);
    expect(text).toContain("[secret]");
  });

  test.each([
    ["what stands after", `ALTER ROLE a PASSWORD '${WORD}' VALID UNTIL '2030-01-01'`, "VALID UNTIL '2030-01-01'"],
    ["a column that is called so", "SELECT password FROM users WHERE name = 'joe'", "name = 'joe'"],
    ["no password at all", "ALTER ROLE a PASSWORD NULL", "PASSWORD NULL"],
    ["an ordinary query", "SELECT 'a' || E'b\\'c' FROM t", "SELECT 'a' || E'b\\'c' FROM t"],
    ["md5 as a function", "SELECT md5('a')", "SELECT md5('a')"],
  ])("keeps %s", (_name, query, kept) => {
    expect(shownQuery(query).text).toContain(kept);
  });

  test("is cut at its limit, and says so", () => {
    expect(shownQuery("x".repeat(QUERY_CHARS_MAX))).toMatchObject({ cut: false });
    const long = shownQuery("x".repeat(QUERY_CHARS_MAX + 1));
    expect([long.text.length, long.cut]).toEqual([QUERY_CHARS_MAX, true]);
  });

  test("a literal of 100,000 characters takes no time", () => {
    const began = performance.now();
    shownQuery(`PASSWORD '${"\\a'' ".repeat(20_000)}`);
    shownQuery(`password ${"/* */ ".repeat(20_000)}`);
    expect(performance.now() - began).toBeLessThan(500);
  });

  test("nothing in it acts on what stands around it", () => {
    expect(plainText("a\u0000b\u001b[31mc\u202ed\u200be\r\nf\tg\u0085h")).toBe(
      "a\ufffdb\ufffd[31mc\ufffdd\ufffde\nf\tg\ufffdh",
    );
  });
});
