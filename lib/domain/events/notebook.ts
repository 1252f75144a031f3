import type { Instant } from "../ids";
import { deepEqual } from "../snapshot/share";

/**
 * What is known of each thing that events are about, as plain JSON: its last known value and when it was last seen so. What
 * cannot be seen now keeps its entry, so that a blind spell is no change.
 */
export type EventMemory = {
  readonly notes: Readonly<Record<string, Note>>;
};
type Note = {
  readonly value: unknown;
  /** Since when it is known to be so. */
  readonly since: Instant;
  /** When it was last seen so. */
  readonly seen: Instant;
  /** A value that has not lasted long enough to count yet. */
  readonly next?: { readonly value: unknown; readonly since: Instant };
};

export const EMPTY_MEMORY: EventMemory = { notes: {} };

/** A change from one known value to another. */
export type Change<T> = {
  readonly was: T;
  /** When the earlier value was last seen, if that is longer ago than we ever look away; null when we saw it happen. */
  readonly notBefore: Instant | null;
  /** When the new value was first seen. */
  readonly at: Instant;
};

/** Out of sight for longer than this, in ms, and what changed meanwhile may have happened any time. */
export const AWAY_MS = 10_000;

/** The memory while one picture is folded in. Each key is noted at most once a picture. */
export class Notebook {
  readonly #notes: Record<string, Note>;
  readonly now: Instant;

  constructor(memory: EventMemory, now: Instant) {
    this.#notes = { ...memory.notes };
    this.now = now;
  }

  /**
   * Notes that `key` is `value` now; tells the change when another value was known before. With `holdMs` a new value counts
   * only after it lasted for so long; the change is then told as of its first sight.
   */
  see<T>(key: string, value: T, holdMs = 0): Change<T> | null {
    const { now } = this;
    const note = this.#notes[key];
    if (!note) {
      this.#notes[key] = { value, since: now, seen: now };
      return null;
    }
    if (deepEqual(note.value, value)) {
      this.#notes[key] = { value: note.value, since: note.since, seen: now };
      return null;
    }
    const at = note.next && deepEqual(note.next.value, value) ? note.next.since : now;
    if (Date.parse(now) - Date.parse(at) < holdMs) {
      this.#notes[key] = { ...note, next: { value, since: at } };
      return null;
    }
    this.#notes[key] = { value, since: at, seen: now };
    const away = Date.parse(at) - Date.parse(note.seen) > AWAY_MS;
    return { was: note.value as T, notBefore: away ? note.seen : null, at };
  }

  /** What is known of `key`; null when nothing is. */
  known<T>(key: string): { readonly value: T; readonly since: Instant } | null {
    const note = this.#notes[key];
    return note ? { value: note.value as T, since: note.since } : null;
  }

  /** What is known of every key that begins with `prefix`, by the rest of the key. */
  all<T>(prefix: string): ReadonlyMap<string, T> {
    const found = Object.entries(this.#notes).filter(([key]) => key.startsWith(prefix));
    return new Map(found.map(([key, note]) => [key.slice(prefix.length), note.value as T]));
  }

  forget(key: string): void {
    delete this.#notes[key];
  }

  memory(): EventMemory {
    return { notes: this.#notes };
  }
}
