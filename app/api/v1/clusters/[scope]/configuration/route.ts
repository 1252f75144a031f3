import { actions } from "@/lib/actions/current";
import { route } from "@/lib/auth/route";
import type { ConfigurationAnswer } from "@/lib/contract/configuration";
import { jsonResponse } from "@/lib/contract/json";
import { mergeChanges } from "@/lib/domain/configuration/changes";
import { live } from "@/lib/live/current";
import { sendStored, withRecord } from "../../../with-record";

const CHANGES_MAX = 100;
/** Operations of all kinds that are looked through for those on the configuration. */
const OPERATIONS_MAX = 300;

/** The dynamic configuration as the picture has it, without secrets, and what is known of who changed it, when and why. */
export const GET = route("GET /api/v1/clusters/[scope]/configuration", ({ params }) =>
  withRecord(params.scope, async (record, scope) => {
    const events = await record.events(scope, {
      from: null,
      to: null,
      kinds: ["configuration"],
      severities: null,
      subject: null,
      search: null,
      beforeId: null,
      limit: CHANGES_MAX,
    });
    if (!events.ok) return sendStored(events, jsonResponse);
    const done = await actions()?.store.operations(scope, { before: null, limit: OPERATIONS_MAX });
    if (done && !done.ok) return sendStored(done, jsonResponse);
    const changes = mergeChanges(done?.value ?? [], events.value);
    const now = live()?.snapshot(scope)?.configuration ?? null;
    return jsonResponse({
      scope,
      revision: now?.revision ?? null,
      at: now?.at ?? null,
      value: now?.value ?? null,
      changes: changes.slice(0, CHANGES_MAX),
      more: changes.length > CHANGES_MAX || events.value.length === CHANGES_MAX,
    } satisfies { [K in keyof ConfigurationAnswer]: unknown });
  }),
);
