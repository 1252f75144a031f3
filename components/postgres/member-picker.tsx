"use client";
import { RoleMark } from "@/components/members/role-mark";
import { useShortName } from "@/components/members/short-name";
import { useT } from "@/lib/client/i18n";
import { type InspectPlace, placePath } from "@/lib/client/inspect-view";
import type { MemberView } from "@/lib/domain/snapshot";
import { Pick, Picks } from "./picks";

/** Whose server is looked at; the leader stands first. */
export function MemberPicker(props: { scope: string; members: readonly MemberView[]; place: InspectPlace }) {
  const t = useT();
  const short = useShortName();
  return (
    <Picks label={t("postgres.member")}>
      {props.members.map(({ name, role, roleTrust }) => (
        <Pick
          key={name}
          href={placePath(props.scope, { ...props.place, member: name, database: null })}
          chosen={name === props.place.member}
          title={name}
        >
          <RoleMark role={role} known={roleTrust === "fresh"} />
          <span className="clip-name">{short(name)}</span>
          <span className="text-xs font-normal text-ink-3">{t(`role.${role}`)}</span>
        </Pick>
      ))}
    </Picks>
  );
}
