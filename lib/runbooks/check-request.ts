import { actionRequestSchema } from "@/lib/contract/actions/request";
import { ACTION_KINDS, type ActionKind } from "@/lib/domain/actions/request";
import { oneOf } from "@/lib/domain/runbooks/nearest";
import { REQUEST_DEFAULTS } from "@/lib/domain/runbooks/request-defaults";
import type { RunbookInput } from "@/lib/domain/runbooks/runbook";

export type RequestProblem = {
  readonly key: readonly (string | number)[];
  readonly expected: string;
  readonly found: string;
};

type Fields = Readonly<Record<string, unknown>>;

/** They concern one backend of one moment, which no runbook can know. */
const NEVER: ReadonlySet<ActionKind> = new Set(["backend-cancel", "backend-terminate"]);
const ALLOWED = ACTION_KINDS.filter((kind) => !NEVER.has(kind));

const MEMBER_KEYS: ReadonlySet<string> = new Set(["candidate", "member"]);
const MOMENT_KEYS: ReadonlySet<string> = new Set(["scheduledAt", "until"]);
const SAMPLE_MOMENT = "2026-01-01T00:00:00.000Z";
const FOUND_MAX = 60;

/** What is wrong with an action's template: as the API would judge it, once inputs stand in place of `$input`. */
export function requestProblems(
  request: Fields,
  asked: readonly Pick<RunbookInput, "name" | "kind">[],
): readonly RequestProblem[] {
  const action = ALLOWED.find((kind) => kind === request.action);
  if (!action) {
    const word = String(request.action);
    const expected = oneOf(`one of ${ALLOWED.join(", ")}`, word, ALLOWED);
    return [{ key: ["action"], expected, found: request.action === undefined ? "nothing" : word.slice(0, FOUND_MAX) }];
  }
  const wrongInputs = Object.entries(request).flatMap(([key, value]) => inputProblems([key], value, asked));
  if (wrongInputs.length > 0) return wrongInputs;
  const given = sample(request, asked) as Fields;
  const whole: Fields = { ...REQUEST_DEFAULTS[action], ...given, ...chosenInDialog(action, given) };
  const parsed = actionRequestSchema.safeParse(whole);
  if (parsed.success) return [];
  return parsed.error.issues.map((issue) => {
    const key = issue.path.map((part) => (typeof part === "number" ? part : String(part)));
    if (issue.code === "unrecognized_keys") {
      return { key: [...key, ...issue.keys.slice(0, 1)], expected: `a key of ${action}`, found: "an unknown key" };
    }
    const there = key.length > 0 && whole[String(key[0])] !== undefined;
    return { key, expected: `what ${action} takes here: ${issue.message}`, found: there ? "another value" : "nothing" };
  });
}

/** Who shall lead after a failover is often seen only when it comes to it: null leaves it to the dialog. */
const chosenInDialog = (action: ActionKind, { candidate }: Fields): Fields =>
  action === "failover" && candidate === null ? { candidate: "node1" } : {};

function inputProblems(
  key: readonly (string | number)[],
  value: unknown,
  asked: readonly Pick<RunbookInput, "name" | "kind">[],
): readonly RequestProblem[] {
  if (Array.isArray(value)) return value.flatMap((one, index) => inputProblems([...key, index], one, asked));
  if (typeof value === "object" && value !== null) {
    return Object.entries(value).flatMap(([name, one]) => inputProblems([...key, name], one, asked));
  }
  if (typeof value !== "string" || !value.startsWith("$")) return [];
  const input = asked.find(({ name }) => `$${name}` === value);
  if (!input) return [{ key, expected: "an input of this runbook", found: value.slice(0, FOUND_MAX) }];
  const first = String(key[0]);
  const isMember = input.kind !== "text" && input.kind !== "moment";
  if (MEMBER_KEYS.has(first) && !isMember) return [{ key, expected: "an input that is a member", found: value }];
  if (MOMENT_KEYS.has(first) && input.kind !== "moment") {
    return [{ key, expected: "an input of the kind moment", found: value }];
  }
  return [];
}

/** The template as it might be, once inputs are given. */
function sample(value: unknown, asked: readonly Pick<RunbookInput, "name" | "kind">[]): unknown {
  if (Array.isArray(value)) return value.map((one) => sample(one, asked));
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, sample(one, asked)]));
  }
  if (typeof value !== "string" || !value.startsWith("$")) return value;
  return asked.find(({ name }) => `$${name}` === value)?.kind === "moment" ? SAMPLE_MOMENT : "node1";
}
