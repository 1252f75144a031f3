import { actions } from "@/lib/actions/current";
import type { AuditLog } from "@/lib/audit/types";
import { route } from "@/lib/auth/route";
import { problemResponse } from "@/lib/contract/problem";
import type { AuditRow } from "@/lib/domain/audit";
import { instant } from "@/lib/domain/ids";
import { sendStored } from "../../with-record";

/** Rows in memory at a time. */
const PIECE = 200;

/** The whole log as JSON lines, oldest first, with what anybody needs to check its hashes. */
export const GET = route("GET /api/v1/audit/export", async () => {
  const audit = actions()?.audit;
  if (!audit) return problemResponse("not-started");
  const day = instant(Date.now()).slice(0, 10);
  return sendStored(await audit.after(0, PIECE), (first) => {
    const headers = {
      "content-type": "application/x-ndjson",
      "content-disposition": `attachment; filename="matriarch-audit-${day}.jsonl"`,
      "cache-control": "no-store",
    };
    return new Response(lines(audit, first), { headers });
  });
});

/** The next piece is read when the reader has taken the one before. */
function lines(audit: AuditLog, first: readonly AuditRow[]): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let piece = first;
  return new ReadableStream({
    async pull(controller) {
      if (piece.length > 0) controller.enqueue(encoder.encode(piece.map((row) => `${JSON.stringify(row)}\n`).join("")));
      const last = piece.at(-1);
      if (!last || piece.length < PIECE) return controller.close();
      const next = await audit.after(last.seq, PIECE);
      // Broken off: a file that merely ends would pass for the whole log.
      if (!next.ok) return controller.error(new Error("the store of the record failed"));
      piece = next.value;
    },
  });
}
