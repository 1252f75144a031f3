import { route } from "@/lib/auth/route";
import { jsonResponse } from "@/lib/contract/json";
import { problemResponse } from "@/lib/contract/problem";
import type { PastAnswer } from "@/lib/contract/record";
import { instant } from "@/lib/domain/ids";
import { queryOf } from "../../../query";
import { sendStored, withRecord } from "../../../with-record";

/** The picture as it was at a past moment; `not-recorded` where nobody was looking then. */
export const GET = route("GET /api/v1/clusters/[scope]/snapshot", ({ request, params }) =>
  withRecord(params.scope, async (record, scope) => {
    const query = queryOf(request);
    const at = query.needed("at");
    const bad = query.bad();
    if (bad) return bad;
    return sendStored(await record.pictureAt(scope, at), (picture) =>
      picture
        ? jsonResponse({ snapshot: picture.snapshot, at: instant(picture.at), boot: picture.boot } satisfies {
            [K in keyof PastAnswer]: unknown;
          })
        : problemResponse("not-recorded"),
    );
  }),
);
