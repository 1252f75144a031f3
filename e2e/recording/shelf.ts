import { existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { homedir, hostname } from "node:os";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { credentials } from "@/lab/index";
import type { RunbookPlaces } from "@/lib/domain/runbooks/places";
import type { Snapshot } from "@/lib/domain/snapshot";
import type { Accounts } from "../support/accounts";

const FOLDER = resolve("lib/domain/testing/recorded");
export const PLACES = "places";

export type Kept = { readonly name: string; readonly what: string; readonly snapshot: Snapshot };

/** Where recorded pictures are kept, a file each. It takes nothing in which a secret or this machine is named. */
export type Shelf = {
  put(kept: Kept): void;
  putPlaces(places: RunbookPlaces): void;
  has(name: string): boolean;
  /** Size of one file, in bytes. */
  sizeOf(name: string): number;
};

const fileOf = (name: string): string => join(FOLDER, `${name}.json.gz`);

export function openShelf(accounts: Accounts): Shelf {
  mkdirSync(FOLDER, { recursive: true });
  const secrets = [
    ...Object.values(credentials()),
    accounts.token,
    ...Object.values(accounts.actors),
    ...Object.values(accounts.users).map(({ password }) => password),
  ];
  const machine = [process.cwd(), homedir(), hostname()].filter((one) => one.length > 4);

  function write(name: string, value: unknown): void {
    const text = JSON.stringify(value);
    if (secrets.some((secret) => text.includes(secret))) throw new Error(`${name} holds a secret`);
    if (machine.some((word) => text.includes(word))) throw new Error(`${name} names this machine`);
    writeFileSync(fileOf(name), gzipSync(text, { level: 9 }));
  }

  return {
    put: (kept) => write(kept.name, kept),
    putPlaces: (places) => write(PLACES, places),
    has: (name) => existsSync(fileOf(name)),
    sizeOf: (name) => statSync(fileOf(name)).size,
  };
}
