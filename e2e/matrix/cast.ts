import type { HostName } from "@/lab/index";

/** The members of the settled lab as a fault finds them. */
export type Cast = { readonly leader: HostName; readonly replica: HostName; readonly other: HostName };
