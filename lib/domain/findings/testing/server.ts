import { createTranslator } from "use-intl/core";
import en from "@/messages/en.json";
import ru from "@/messages/ru.json";
import type { ClusterState } from "../../cluster-state";
import type { Message } from "../../message";
import { type ClusterOptions, failing, healthyState, NOW } from "../../testing/builders";
import { aged } from "../../testing/judge";
import { patchVitals } from "../../testing/server";
import type { PostgresVitals } from "../../vitals/facts";
import type { FindingDraft, FindingRule } from "../rule";
import { inputOf } from "./staleness";

/** States of servers, what a rule says of one, and how that reads. */

export const find = (rule: FindingRule, state: ClusterState, now = NOW): readonly FindingDraft[] =>
  rule.find(inputOf(state, null, now));

/** As `severity subject/key`. */
export const says = (rule: FindingRule, state: ClusterState, now = NOW): string[] =>
  find(rule, state, now).map(({ severity, subject, key }) =>
    [severity, key === undefined ? subject.name : `${subject.name}/${key}`].join(" "),
  );

export const SHAPES: readonly (readonly [string, ClusterOptions])[] = [
  ["three members", {}],
  ["one member", { names: ["solo"] }],
  ["seven members", { names: ["a", "b", "c", "d", "e", "f", "g"] }],
  ["Patroni and its DCS alone", { haproxy: false, pgbouncer: false, postgres: false, vip: null }],
];

export const vitals = (over: Partial<PostgresVitals>, name = "node1", state = healthyState()): ClusterState =>
  patchVitals(state, name, over);

/** The state in which nothing of what a rule of the slow look rests on is fresh any more, in three ways. */
export const blinded = (state: ClusterState): ClusterState[] => {
  const each = (change: (state: ClusterState, name: string) => ClusterState) =>
    Object.keys(state.vitals).reduce((s, name) => change(s, name), state);
  return [
    each((s, name) => failing(s, "vitals", name, "refused")),
    each((s, name) => aged(s, "vitals", name, 60_000)),
    { ...state, vitals: {} },
  ];
};

/** What is read of a finding, in both languages. */
export function readings(rule: FindingRule, { text }: Pick<FindingDraft, "text">): string[] {
  return Object.entries({ en, ru }).flatMap(([locale, messages]) => {
    const translate = createTranslator({
      locale,
      messages: messages as never,
      timeZone: "UTC",
      onError: (error: Error) => {
        throw error;
      },
    }) as unknown as (key: string, params: Message["params"]) => string;
    const parts = ["title", "means", "do"].map((part) => `finding.${rule.id}.${part}`);
    return [text.key, ...parts].map((key) => translate(key, text.params));
  });
}
