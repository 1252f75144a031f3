import type { Runbook, RunbookInput } from "@/lib/domain/runbooks/runbook";
import type { Snapshot } from "@/lib/domain/snapshot";

type Inputs = Readonly<Record<string, string>>;

const TEXT_MAX = 500;

/** Why a run cannot begin with these inputs; null: it can. They are judged by the picture at the beginning alone. */
export function wrongInputs({ inputs }: Pick<Runbook, "inputs">, given: Inputs, picture: Snapshot): string | null {
  const stranger = Object.keys(given).find((name) => !inputs.some((one) => one.name === name));
  if (stranger !== undefined) return `inputs.${stranger.slice(0, 50)}: the runbook asks for no such thing.`;
  for (const input of inputs) {
    const wrong = wrongValue(input, given[input.name]?.trim() ?? "", picture);
    if (wrong !== null) return `inputs.${input.name}: expected ${wrong}.`;
  }
  return null;
}

/** What was expected; null when the value is that. */
function wrongValue({ kind }: RunbookInput, value: string, { members, leader }: Snapshot): string | null {
  const member = members.find(({ name }) => name === value);
  switch (kind) {
    case "member":
      return member ? null : "a member of the cluster";
    case "replica":
      return member && leader?.name !== member.name ? null : "a member that does not lead";
    case "leader":
      return member && leader?.name === member.name ? null : "the member that leads";
    case "moment":
      return /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(value) && !Number.isNaN(Date.parse(value))
        ? null
        : "a time in ISO 8601";
    case "text":
      return value !== "" && value.length <= TEXT_MAX && !/[\p{Cc}\u2028\u2029]/u.test(value)
        ? null
        : `one line of at most ${TEXT_MAX} characters`;
  }
}
