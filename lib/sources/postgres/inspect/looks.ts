import type { InspectValues } from "@/lib/domain/inspect/answer";
import type { InspectTopic } from "@/lib/domain/inspect/topics";
import { lookActivity } from "./activity";
import type { InspectLook } from "./connection";
import { lookDatabases, lookSizes } from "./databases";
import { lookReplication } from "./replication";
import { lookSettings } from "./settings";
import { lookStatements } from "./statements";
import { lookTables } from "./tables";
import { lookVacuum } from "./vacuum";
import { lookWal } from "./wal";

type Looks = { readonly [T in InspectTopic]: (database: string | null) => InspectLook<InspectValues[T]> };

/** How each topic is asked; `database` is the one that was named, null when none was. */
export const INSPECT_LOOKS: Looks = {
  activity: () => lookActivity,
  replication: () => lookReplication,
  wal: () => lookWal,
  databases: () => lookDatabases,
  sizes: () => lookSizes,
  tables: () => lookTables,
  vacuum: () => lookVacuum,
  statements: lookStatements,
  settings: () => lookSettings,
};
