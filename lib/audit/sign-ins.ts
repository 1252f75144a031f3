import type { AuditEntry } from "@/lib/domain/audit";
import type { EpochMs } from "@/lib/domain/ids";
import type { AuditLog } from "./types";

/** What is recorded of signing in and out. */
export type SignIn = {
  readonly kind: "sign-in" | "sign-in-refused" | "sign-out";
  readonly name: string;
  readonly role: string | null;
  readonly from: string;
  readonly why: string | null;
};

/** Whoever guesses passwords must not fill the disk with the record of it. */
const REFUSALS_PER_MINUTE = 30;
const WAITING_MAX = 100;
const MINUTE_MS = 60_000;

/**
 * Records them without making anybody wait. What finds no room or is refused by the store is counted, and the next row that is written
 * tells how many there were (`data.notRecorded`).
 */
export function recordSignIns(audit: Pick<AuditLog, "append">, now: () => EpochMs = Date.now): (news: SignIn) => void {
  let notRecorded = 0;
  let waiting = 0;
  let minute = { since: 0, refusals: 0 };

  function findsRoom({ kind }: SignIn): boolean {
    if (waiting >= WAITING_MAX) return false;
    if (kind !== "sign-in-refused") return true;
    if (now() - minute.since >= MINUTE_MS) minute = { since: now(), refusals: 0 };
    minute.refusals += 1;
    return minute.refusals <= REFUSALS_PER_MINUTE;
  }

  async function record(news: SignIn): Promise<void> {
    const told = notRecorded;
    notRecorded = 0;
    waiting += 1;
    const written = await audit.append(entryOf(news, told), now());
    waiting -= 1;
    if (written.ok) return;
    notRecorded += told + 1;
    console.error(`A ${news.kind} could not be recorded: ${written.failure.kind}`);
  }

  return (news) => {
    if (findsRoom(news)) void record(news);
    else notRecorded += 1;
  };
}

const entryOf = ({ kind, name, role, from, why }: SignIn, notRecorded: number): AuditEntry => ({
  kind,
  scope: null,
  actor: name,
  role,
  from,
  action: null,
  operationId: null,
  planId: null,
  reason: null,
  data: { ...(why === null ? {} : { why }), ...(notRecorded === 0 ? {} : { notRecorded }) },
});
