import type { WritePathCode } from "../../../snapshot";
import { type Finding, SEVERITIES } from "../../finding";

/** A worse finding is not hidden beneath a lesser one. */
const covers = (cause: Finding, other: Finding): boolean =>
  SEVERITIES.indexOf(cause.severity) <= SEVERITIES.indexOf(other.severity);

/** Whether the verdict says in general words, under one of these codes, what a finding says; its witnesses go with it. */
export const saysTheSame = (own: Finding, other: Finding, codes: readonly WritePathCode[]): boolean =>
  other.rule === "write-path" && codes.some((code) => other.id.endsWith(`/${code}`)) && covers(own, other);

/** Whether `other` is about the same member and of one of these rules. */
export const isOfMember = (own: Finding, other: Finding, ...rules: readonly string[]): boolean =>
  rules.includes(other.rule) && other.subject.member !== null && other.subject.member === own.subject.member;
