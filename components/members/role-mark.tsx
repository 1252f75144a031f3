import { clsx } from "clsx";
import type { MemberView } from "@/lib/domain/snapshot";

/** Leaders are filled, replicas hollow, what is not known is dashed. Always beside the word. */
export function RoleMark(props: { role: MemberView["role"]; known: boolean; size?: number }) {
  const { role, known, size = 14 } = props;
  const leads = role === "leader" || role === "standby-leader";
  return (
    <svg
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 14 14"
      className={clsx("shrink-0", !known || role === "unknown" ? "text-blind" : leads ? "text-accent" : "text-ink-3")}
    >
      {!known || role === "unknown" ? (
        <circle cx="7" cy="7" r="5" fill="none" stroke="currentColor" strokeWidth="1.5" strokeDasharray="2.2 2.2" />
      ) : leads ? (
        <path d="M7 .8 13.2 7 7 13.2.8 7Z" fill="currentColor" />
      ) : (
        <>
          <circle cx="7" cy="7" r="5" fill="none" stroke="currentColor" strokeWidth="1.5" />
          {role === "sync-standby" || role === "quorum-standby" ? (
            <circle cx="7" cy="7" r="2" fill="currentColor" />
          ) : null}
        </>
      )}
    </svg>
  );
}
