import type { Mark } from "./compose";

/** Severity by shape and colour beside the word: mails are printed, and chats are read in either theme. */
export const SIGN: Readonly<Record<Mark, string>> = {
  critical: "🔴",
  unknown: "🟣",
  warn: "🟠",
  info: "🔵",
  resolved: "✅",
  test: "🔔",
};

export const COLOUR: Readonly<Record<Mark, string>> = {
  critical: "#c81e1e",
  unknown: "#7c4fc4",
  warn: "#b45309",
  info: "#2563eb",
  resolved: "#15803d",
  test: "#52525b",
};
