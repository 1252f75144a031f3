import { message } from "../../message";
import { type EventRule, seen } from "../draft";

/** Members come with their key in the DCS and leave when it expires or is deleted. */
export const members: EventRule = (book, { dcs, members: all }) => {
  if (dcs.trust !== "fresh") return [];
  const present = all.filter((m) => m.presence === "present").map((m) => m.name as string);
  const change = book.see("members", present);
  if (!change) return [];
  const joined = present.filter((name) => !change.was.includes(name));
  const left = change.was.filter((name) => !present.includes(name));
  return [
    ...joined.map((name) =>
      seen(change, {
        kind: "member-joined",
        severity: "notice",
        subject: name,
        text: message("event.member.joined", { member: name }),
      }),
    ),
    ...left.map((name) =>
      seen(change, {
        kind: "member-left",
        severity: "warn",
        subject: name,
        text: message("event.member.left", { member: name }),
      }),
    ),
  ];
};
