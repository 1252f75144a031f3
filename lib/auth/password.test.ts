import { describe, expect, test } from "vitest";
import { parsePasswordHash } from "@/lib/config/password-hash";
import { hashPassword, PASSWORD_CHARS_MAX, verifyPassword } from "./password";

const b64 = (bytes: number) => Buffer.alloc(bytes, 7).toString("base64");

describe("passwords", () => {
  test("the right password passes, any other fails, and two hashes of one password differ", async () => {
    const [one, two] = [await hashPassword("пароль 1"), await hashPassword("пароль 1")];
    expect(one).not.toBe(two);
    expect(parsePasswordHash(one)).not.toBeNull();
    expect(await verifyPassword("пароль 1", one)).toBe("right");
    expect(await verifyPassword("пароль 2", one)).toBe("wrong");
    expect(await verifyPassword("", one)).toBe("wrong");
  });

  test("a user who does not exist costs the same work and never passes", async () => {
    const hash = await hashPassword("x");
    const time = async (stored: string | null) => {
      const start = performance.now();
      expect(await verifyPassword("y", stored)).toBe("wrong");
      return performance.now() - start;
    };
    const [known, unknown] = [await time(hash), await time(null)];
    expect(unknown).toBeGreaterThan(known / 5);
  });

  test("a password beyond the limit is wrong even when its beginning is right", async () => {
    const long = "a".repeat(PASSWORD_CHARS_MAX);
    expect(await verifyPassword(`${long}b`, await hashPassword(long))).toBe("wrong");
  });

  test("a flood is refused instead of queued without end", async () => {
    const results = await Promise.all(Array.from({ length: 30 }, () => verifyPassword("x", CHEAP)));
    expect(results.filter((result) => result === "busy")).toHaveLength(12);
    expect(await verifyPassword("x", CHEAP)).toBe("wrong");
  });

  test.each([
    ["plain text", "secret"],
    ["another scheme", `bcrypt:16384:8:1:${b64(16)}:${b64(32)}`],
    ["too cheap", `scrypt:512:8:1:${b64(16)}:${b64(32)}`],
    ["no power of two", `scrypt:16385:8:1:${b64(16)}:${b64(32)}`],
    ["more memory than allowed", `scrypt:1048576:32:1:${b64(16)}:${b64(32)}`],
    ["short salt", `scrypt:16384:8:1:${b64(4)}:${b64(32)}`],
    ["short hash", `scrypt:16384:8:1:${b64(16)}:${b64(16)}`],
    ["something behind", `scrypt:16384:8:1:${b64(16)}:${b64(32)}:x`],
    ["not base64", `scrypt:16384:8:1:####:${b64(32)}`],
  ])("%s is no password hash", (_name, text) => {
    expect(parsePasswordHash(text)).toBeNull();
  });
});

const CHEAP = `scrypt:1024:8:1:${b64(16)}:${b64(32)}`;
