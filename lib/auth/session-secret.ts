import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Config } from "@/lib/config/types";

const FILE = "session-secret";
const SECRET_BYTES = 48;
const SECRET_CHARS_MIN = 32;

/**
 * The key that signs sessions: as configured, else generated at the first start and kept, readable by its owner only, beside
 * the SQLite store (or in `./data` where the store is a server). Two processes that start together end with the same key.
 */
export function sessionSecret(config: Config): string {
  if (config.auth.secret) return config.auth.secret.reveal();
  const path = join(storeFolder(config.store.url.reveal()), FILE);
  const kept = read(path);
  if (kept !== null) return kept;
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  try {
    writeFileSync(path, `${randomBytes(SECRET_BYTES).toString("base64url")}\n`, { flag: "wx", mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  const written = read(path);
  if (written === null) throw new Error(`${path} holds no session key: remove it, and a new one is made`);
  return written;
}

function storeFolder(url: string): string {
  const file = /^sqlite:(?:\/\/)?(.+)$/.exec(url)?.[1];
  return file ? dirname(resolve(file)) : resolve("data");
}

function read(path: string): string | null {
  try {
    const text = readFileSync(path, "utf8").trim();
    return text.length >= SECRET_CHARS_MIN ? text : null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
