import type { ConfigurationEffect } from "@/lib/domain/actions/plan";
import type { Message } from "@/lib/domain/message";

/** What the form needs to know of a setting. */
export type Knowledge = {
  readonly unit: "s" | "ms" | "bytes" | null;
  readonly min: number | null;
  readonly max: number | null;
  /** The words that it may be, where these are few. */
  readonly words: readonly string[] | null;
  /** What holds where it is not set; null: not known. */
  readonly standard: string | number | boolean | null;
};

export const effectOf = (_path: string): ConfigurationEffect => "unknown";
export const knowledgeOf = (_path: string): Knowledge | null => null;
export const problemOf = (_path: string, _value: unknown): Message | null => null;
export const parameterNames = (): readonly string[] => [];
