import { freshOf } from "../../../evidence/evidence";
import type { ReplicationSlot } from "../../../facts";
import type { MemberName } from "../../../ids";
import { know } from "../../../observation";
import type { FindingSubject } from "../../finding";
import type { FindingInput } from "../../rule";
import { subject } from "../../subject";

export type SlotOnServer = {
  readonly slot: ReplicationSlot;
  readonly server: MemberName;
  /** The server takes writes: slots of a standby are Patroni's own copies, and inactive by design. */
  readonly onPrimary: boolean;
  /** The member whose slot it is; null: of somebody else, or of nobody. */
  readonly of: MemberName | null;
  readonly subject: FindingSubject;
};

/** Every slot of every server that is freshly seen. */
export function slotsOf({ picture, state, now }: FindingInput): SlotOnServer[] {
  const owners = new Map(picture.members.map(({ name }) => [slotNameOf(name), name]));
  return picture.members.flatMap(({ name: server }) => {
    const sql = freshOf(know(state.postgres[server], now));
    return (sql?.slots ?? []).map((slot) => {
      const of = (slot.type === "physical" ? owners.get(slot.name) : undefined) ?? null;
      const onPrimary = sql?.inRecovery === false;
      return { slot, server, onPrimary, of, subject: subject("slot", `${server}/${slot.name}`, of) };
    });
  });
}

/** As Patroni names a member's slot (`slot_name_from_member_name`): lower case, `-` and `.` as `_`, all else by its code point. */
export function slotNameOf(name: string): string {
  const odd = (char: string) => `u${String(char.codePointAt(0)).padStart(4, "0")}`;
  return name
    .toLowerCase()
    .replaceAll(/[-.]/g, "_")
    .replaceAll(/[^a-z0-9_]/gu, odd)
    .slice(0, 63);
}
