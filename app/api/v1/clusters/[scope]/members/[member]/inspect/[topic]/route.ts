import { route } from "@/lib/auth/route";
import { answerFor, mayReadQueries } from "@/lib/collectors/inspect/answer-for";
import { inspector } from "@/lib/collectors/inspect/current";
import { config } from "@/lib/config/current";
import { jsonResponse } from "@/lib/contract/json";
import { problemResponse } from "@/lib/contract/problem";
import { isInspectTopic } from "@/lib/domain/inspect/topics";
import { noSuchCluster } from "../../../../../../with-snapshot";

const NAME_CHARS_MAX = 100;
const quoted = (name: string) => JSON.stringify(name.slice(0, NAME_CHARS_MAX));

/** What one member says on a topic now; the text of queries only for whom the configuration lets read it. */
export const GET = route(
  "GET /api/v1/clusters/[scope]/members/[member]/inspect/[topic]",
  async ({ request, params, actor }) => {
    const { scope, member = "", topic = "" } = params;
    if (!isInspectTopic(topic)) return problemResponse("not-found", `There is no topic ${quoted(topic)}.`);
    const store = inspector();
    if (!store) return problemResponse("not-started");
    const database = new URL(request.url).searchParams.get("database") || null;
    const reply = await store.look(scope, member, topic, database);
    switch (reply.kind) {
      case "no-cluster":
        return noSuchCluster(scope);
      case "no-member":
        return problemResponse("not-found", `This cluster has no member ${quoted(member)}.`);
      case "no-database":
        return problemResponse(
          "not-found",
          `${quoted(member)} has no database ${quoted(database ?? "")} to connect to.`,
        );
      case "not-configured":
        return problemResponse("not-found", "Access to PostgreSQL is not configured for this cluster.");
      case "answer": {
        const smallest = config().clusters.find((one) => one.scope === scope)?.postgres?.showQueries ?? "operator";
        const asked = { scope, member, topic, database };
        return jsonResponse(answerFor(asked, reply.answer, mayReadQueries(actor.role, smallest)));
      }
    }
  },
);
