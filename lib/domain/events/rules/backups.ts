import type { BackupMark, BackupSourceView } from "../../backups/view";
import type { Instant } from "../../ids";
import { message } from "../../message";
import { type Draft, type EventRule, seen } from "../draft";
import type { Notebook } from "../notebook";

/**
 * Backups that began, finished, or ended without a result. One that finished is told by its own entry in the repository, at the time that
 * entry gives, whether we saw it run or not; one that failed only when we saw it run, since nothing is left of it.
 */
export const backups: EventRule = (book, { backups: { sources } }) =>
  sources
    .filter(({ trust }) => trust === "fresh")
    .flatMap((source) => [...began(book, source), ...finished(book, source), ...ended(book, source)]);

const nameOf = ({ stanza, name }: BackupSourceView): string => stanza || name;
/** Of the dashboard's own host there is nothing to say but that. */
const placeOf = (place: string): string => place || "localhost";

function began(book: Notebook, source: BackupSourceView): Draft[] {
  const { running, runningKnown, id } = source;
  if (!runningKnown) return [];
  const change = book.see(`backup-running/${id}`, running && { seenAt: running.seenAt, place: running.place });
  if (!change || !running) return [];
  const text = message("backups.event.started", { stanza: nameOf(source), place: placeOf(running.place) });
  const at = { at: running.seenAt, notBefore: running.notBefore };
  return [seen(at, { kind: "backup", severity: "info", subject: id, text, data: { place: running.place } })];
}

function finished(book: Notebook, source: BackupSourceView): Draft[] {
  const { last, count, id, kind } = source;
  if (count === null) return [];
  const change = book.see<BackupMark | null>(`backup-last/${id}`, last);
  if (!change || !last?.stoppedAt || isBefore(last.stoppedAt, change.was?.stoppedAt ?? null)) return [];
  const text = message("backups.event.finished", { stanza: nameOf(source), label: last.label });
  const { label, type, startedAt, stoppedAt } = last;
  const data = { label, type, startedAt, stoppedAt };
  const draft = seen(
    { at: stoppedAt ?? change.at, notBefore: null },
    { kind: "backup", severity: "info", subject: id, text, data },
  );
  return [{ ...draft, dedupe: `backup/${kind}/${nameOf(source)}/${label}` }];
}

/** What was newest expired, and the one before it is the newest again: nothing finished. */
const isBefore = (at: Instant, was: Instant | null): boolean => was !== null && at <= was;

function ended(book: Notebook, source: BackupSourceView): Draft[] {
  const { ended: end, id } = source;
  const change = book.see(`backup-ended/${id}`, end?.endedAt ?? null);
  if (!change || !end || end.outcome === "finished") return [];
  const text = message(`backups.event.${end.outcome}`, { stanza: nameOf(source), place: placeOf(end.place) });
  const severity = end.outcome === "failed" ? "warn" : "notice";
  return [
    seen({ at: end.endedAt, notBefore: null }, { kind: "backup", severity, subject: id, text, data: { ...end } }),
  ];
}
