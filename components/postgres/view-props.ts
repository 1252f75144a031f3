import type { InspectPlace } from "@/lib/client/inspect-view";

/** What every tab of the PostgreSQL page is told. */
export type ViewProps = { readonly scope: string; readonly member: string; readonly place: InspectPlace };
