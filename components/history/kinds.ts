import {
  ArchiveRestore,
  ArrowLeftRight,
  CalendarClock,
  Crown,
  Database,
  Eye,
  EyeOff,
  FileCog,
  GitBranch,
  HeartPulse,
  History,
  LogIn,
  LogOut,
  type LucideIcon,
  Network,
  PauseCircle,
  PencilOff,
  Power,
  Route,
  Scale,
  Server,
  UserCog,
  Vote,
} from "lucide-react";
import type { EventKind } from "@/lib/domain/events/event";

/** What kinds of events look like, and how they are gathered for choosing among them. */
export const ICON_OF_KIND: Readonly<Record<EventKind, LucideIcon>> = {
  leader: Crown,
  verdict: Scale,
  role: UserCog,
  state: Server,
  timeline: GitBranch,
  "member-joined": LogIn,
  "member-left": LogOut,
  vip: Network,
  "pool-server": Route,
  "source-lost": EyeOff,
  "source-back": Eye,
  pause: PauseCircle,
  scheduled: CalendarClock,
  handover: ArrowLeftRight,
  configuration: FileCog,
  backup: ArchiveRestore,
  archiving: Database,
  "dcs-leader": Vote,
  "dcs-health": HeartPulse,
  "write-gap": PencilOff,
  dashboard: Power,
  history: History,
};

export const GROUPS = ["writes", "members", "routing", "dcs", "configuration", "backups", "watching"] as const;
export type Group = (typeof GROUPS)[number];

/** Every kind stands in one group. */
export const GROUP_OF_KIND: Readonly<Record<EventKind, Group>> = {
  leader: "writes",
  verdict: "writes",
  timeline: "writes",
  handover: "writes",
  scheduled: "writes",
  "write-gap": "writes",
  history: "writes",
  role: "members",
  state: "members",
  "member-joined": "members",
  "member-left": "members",
  vip: "routing",
  "pool-server": "routing",
  "dcs-leader": "dcs",
  "dcs-health": "dcs",
  pause: "configuration",
  configuration: "configuration",
  backup: "backups",
  archiving: "backups",
  "source-lost": "watching",
  "source-back": "watching",
  dashboard: "watching",
};

export const SEVERITIES = ["critical", "warn", "notice", "info"] as const;
