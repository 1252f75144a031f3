import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { KeyPath } from "./problem";
import { Secret } from "./types";

/** Reports a mistake at `path`; `found` must carry no secret. */
export type Report = (path: KeyPath, expected: string, found: string) => void;

export type SecretReader = {
  /** The text of `<key>` or of the file that `<key>File` names; null when neither is given or what is given is a mistake. */
  text(path: KeyPath, values: Readonly<Record<string, unknown>>, key: string): string | null;
  secret(path: KeyPath, values: Readonly<Record<string, unknown>>, key: string): Secret | null;
  /** The absolute path of a file or folder that the configuration names. */
  pathOf(file: string): string;
};

const FILE_MAX_BYTES = 1024 * 1024;

/** Resolves both forms of a secret. Relative paths of files start from `folder`, that of the configuration. */
export function secretReader(folder: string, report: Report): SecretReader {
  function fromFile(path: KeyPath, file: string): string | null {
    const read = readSecretFile(resolve(folder, file));
    if (read.ok) return read.text;
    report(path, "a file that can be read and is not empty", read.why);
    return null;
  }

  function text(path: KeyPath, values: Readonly<Record<string, unknown>>, key: string): string | null {
    const inline = values[key];
    const file = values[`${key}File`];
    if (typeof inline === "string" && typeof file === "string") {
      report([...path, `${key}File`], `either ${key} or ${key}File`, "both");
      return null;
    }
    if (typeof file === "string") return fromFile([...path, `${key}File`], file);
    return typeof inline === "string" ? inline : null;
  }

  return {
    text,
    secret(path, values, key) {
      const value = text(path, values, key);
      return value === null ? null : new Secret(value);
    },
    pathOf: (file) => resolve(folder, file),
  };
}

type Read = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly why: string };

/** The path itself is not repeated: people put secrets where a path belongs. */
function readSecretFile(path: string): Read {
  try {
    const text = readFileSync(path, "utf8").replace(/(\r?\n)+$/, "");
    if (text.length > FILE_MAX_BYTES) return { ok: false, why: "a file of more than a megabyte" };
    return text === "" ? { ok: false, why: "an empty file" } : { ok: true, text };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT") return { ok: false, why: "no file of that name" };
    if (code === "EACCES" || code === "EPERM") return { ok: false, why: "a file that this user may not read" };
    return {
      ok: false,
      why: code === "EISDIR" ? "a folder" : `a file that cannot be read (${code ?? "unknown reason"})`,
    };
  }
}
