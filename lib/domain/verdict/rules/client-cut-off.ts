import { message } from "../../message";
import type { RoutingRule, Ruling, VerdictInput, WritableMember } from "../ruling";

/**
 * The leader takes writes, and yet a client's session through the VIP does not get to write: two looks in a row failed or met
 * a read-only server. Whatever the layers between say of themselves, writes are broken for whoever comes that way.
 */
export const clientCutOff: RoutingRule = ({ claims, clientEye: eye }, writer) => {
  const claim = claims.find((c) => c.layer === "client");
  if (!eye || claim?.standing !== "speaks" || eye.state === "writable") return null;
  const params = { writer: writer.name, address: eye.address };
  const readOnly = eye.state === "read-only";
  const text = readOnly
    ? message("domain.verdict.client-read-only", { ...params, member: eye.member ?? "none", known: eye.member ? 1 : 0 })
    : message("domain.verdict.client-fails", { ...params, failure: eye.text.params.failure ?? "none" });
  return {
    state: "broken",
    code: readOnly ? "misrouted" : "client-cut-off",
    writer: writer.name,
    message: text,
    rests: [writer.at, ...claim.rests],
  };
};

/** The layers between are looked at each second or two, the client's eye several times a second. */
const SAME_MOMENT_MS = 1_000;

/**
 * A layer seems to lead clients astray, while a client's session has just been to the writer and found it writable: then
 * something is wrong there, but writes are not broken.
 */
export function unlessClientGetsThrough(ruling: Ruling, input: VerdictInput, writer: WritableMember): Ruling {
  if (ruling.state !== "broken" || input.clientEye?.state !== "writable") return ruling;
  const claim = input.claims.find((c) => c.layer === "client");
  const [at] = claim?.rests ?? [];
  const arrives = claim?.points.length === 1 && claim.points[0] === writer.name && !claim.astray;
  if (!arrives || at === undefined || at < Math.max(...ruling.rests) - SAME_MOMENT_MS) return ruling;
  return { ...ruling, state: "degraded", rests: [...ruling.rests, at] };
}
