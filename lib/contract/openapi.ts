import { z } from "zod";
import { operationSchema, operationsSchema } from "./actions/operation";
import { planSchema } from "./actions/plan";
import {
  alertSchema,
  alertsSchema,
  deliveriesSchema,
  deliverySchema,
  notifiersSchema,
  silenceSchema,
  silencesSchema,
} from "./alerts";
import { auditAnswerSchema } from "./audit";
import { backupListSchema } from "./backups";
import { configurationSchema } from "./configuration";
import { dcsTreeSchema } from "./dcs-tree";
import { fleetSchema } from "./fleet";
import { incidentReportSchema, incidentsSchema } from "./incident";
import { inspectAnswerSchema, settingsComparisonSchema } from "./inspect";
import { noticeSchema } from "./notice";
import { problemSchema } from "./problem";
import { eventsSchema, framesSchema, pastSchema, writeGapsSchema } from "./record";
import { seriesSchema } from "./series";
import { findingsSchema, healthSchema, meSchema, readinessSchema } from "./small-answers";
import { snapshotSchema } from "./snapshot";
import { sourceDetailSchema } from "./source-detail";

/** What the interface's description says of one route. */
export type Operation = {
  readonly summary: string;
  /** Name of a schema of {@link SCHEMAS}, or a content type that is not JSON, or null for any JSON. */
  readonly answer: keyof typeof SCHEMAS | "text/event-stream" | "application/x-ndjson" | "text/plain" | null;
  readonly query?: readonly { readonly name: string; readonly description: string }[];
  /** Problems beyond 401 and 403, by status. */
  readonly problems?: readonly number[];
};

export const SCHEMAS = {
  Fleet: fleetSchema,
  Snapshot: snapshotSchema,
  Findings: findingsSchema,
  Events: eventsSchema,
  WriteGaps: writeGapsSchema,
  Frames: framesSchema,
  PastSnapshot: pastSchema,
  IncidentReport: incidentReportSchema,
  Incidents: incidentsSchema,
  BackupList: backupListSchema,
  Configuration: configurationSchema,
  DcsTree: dcsTreeSchema,
  Series: seriesSchema,
  SourceDetail: sourceDetailSchema,
  InspectAnswer: inspectAnswerSchema,
  SettingsComparison: settingsComparisonSchema,
  Plan: planSchema,
  Operation: operationSchema,
  Operations: operationsSchema,
  Audit: auditAnswerSchema,
  Alert: alertSchema,
  Alerts: alertsSchema,
  Delivery: deliverySchema,
  Deliveries: deliveriesSchema,
  Notifiers: notifiersSchema,
  Silence: silenceSchema,
  Silences: silencesSchema,
  Me: meSchema,
  Health: healthSchema,
  Readiness: readinessSchema,
  Problem: problemSchema,
  Notice: noticeSchema,
} as const;

/** Each route by `METHOD /path/[param]`, the smallest role that may call it, and what is said of it. */
export type Described = { readonly key: string; readonly minRole: string; readonly operation: Operation };

/** The interface as an OpenAPI 3.1 document; schemas are generated from the same zod objects that the code uses. */
export function buildOpenApi(routes: readonly Described[]): Record<string, unknown> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(SCHEMAS)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, { uri: (id) => `#/components/schemas/${id}`, io: "output" });
  const paths: Record<string, Record<string, unknown>> = {};
  for (const { key, minRole, operation } of routes) {
    const [method = "", path = ""] = key.split(" ");
    const template = path.replace(/\[([^\]]+)\]/g, "{$1}");
    paths[template] = { ...paths[template], [method.toLowerCase()]: describe(template, minRole, operation) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Matriarch",
      version: "1",
      description: "Operations dashboard for PostgreSQL clusters run by Patroni.",
    },
    security: [{ token: [] }, { session: [] }],
    paths,
    webhooks: { notice: { post: NOTICE } },
    components: {
      securitySchemes: {
        token: { type: "http", scheme: "bearer" },
        session: { type: "apiKey", in: "cookie", name: "next-auth.session-token" },
      },
      schemas: Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, withoutHeader(schema)])),
    },
  };
}

function describe(path: string, minRole: string, { summary, answer, query = [], problems = [] }: Operation) {
  const inPath = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
  const inQuery = query.map((one) => ({ ...one, in: "query", schema: { type: "array", items: { type: "string" } } }));
  const open = minRole === "anyone";
  const refusals = [...(open ? [] : [401, 403]), ...problems];
  return {
    summary,
    description: open ? "Anyone." : `Role ${minRole} or above.`,
    ...(open ? { security: [] } : {}),
    ...(inPath.length + inQuery.length > 0 ? { parameters: [...inPath, ...inQuery] } : {}),
    responses: {
      "200": { description: "OK", content: contentOf(answer) },
      ...Object.fromEntries(refusals.map((status) => [String(status), PROBLEM])),
    },
  };
}

/** What we send, to webhooks of the configuration. */
const NOTICE = {
  summary: "What a notifier of the kind webhook is sent; `X-Matriarch-Signature` is over timestamp, a dot and the body",
  security: [],
  requestBody: { required: true, content: { "application/json": { schema: { $ref: "#/components/schemas/Notice" } } } },
  responses: { "2XX": { description: "Taken; it is not sent again" } },
};

const PROBLEM = {
  description: "Problem",
  content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
};

function contentOf(answer: Operation["answer"]) {
  if (answer === "text/event-stream" || answer === "application/x-ndjson" || answer === "text/plain")
    return { [answer]: { schema: { type: "string" } } };
  return { "application/json": { schema: answer === null ? {} : { $ref: `#/components/schemas/${answer}` } } };
}

/** `$schema` and `$id` name a document; inside of one they are noise. */
function withoutHeader(schema: object): object {
  const { $schema: _schema, $id: _id, ...rest } = schema as Record<string, unknown>;
  return rest;
}
