import { compare } from "../../configuration/compare";
import { message } from "../../message";
import { type EventRule, seen } from "../draft";

/** A difference is told in the sentence up to this many characters; the whole of it is in the data. */
const VALUE_MAX = 60;
const DIFFERENCES_MAX = 100;

/** Patroni's dynamic configuration, with what differs. Pausing is kept in it too and is told as pausing. */
export const configuration: EventRule = (book, { configuration: view, dcs, scope }) => {
  if (!view || dcs.trust !== "fresh") return [];
  const { pause: _pause, ...value } = view.value;
  const change = book.see<Readonly<Record<string, unknown>>>("configuration", value);
  if (!change) return [];
  const differences = compare(change.was, value);
  const [first] = differences;
  if (!first) return [];
  const params = {
    path: first.path,
    before: brief(first.before),
    after: brief(first.after),
    more: differences.length - 1,
    how: first.before === null ? "added" : first.after === null ? "removed" : "changed",
  };
  const text = message("event.configuration", params);
  const data = {
    revision: view.revision,
    differences: differences.slice(0, DIFFERENCES_MAX),
    count: differences.length,
  };
  return [seen(change, { kind: "configuration", severity: "notice", subject: scope, text, data })];
};

function brief(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > VALUE_MAX ? `${text.slice(0, VALUE_MAX - 1)}…` : text;
}
