import type { ClientEyeView } from "../client-eye/types";
import { type Evidence, freshOf, sourceId } from "../evidence/evidence";
import { message } from "../message";
import { isStandbyCluster } from "../snapshot/member-role";
import { absentClaim, blindClaim, type Claim, muteClaim } from "./claim";

/**
 * The client's own eye: which server a session through the VIP's write port meets, and whether it may write there. A single
 * look that failed is not held against anybody; the second in a row is.
 */
export function clientClaim(evidence: Evidence, eye: ClientEyeView | null): Claim {
  if (!eye) return absentClaim("client", message("domain.witness.not-configured"));
  const sourceIds = [sourceId("client-eye", eye.address)];
  if (eye.trust !== "fresh" || eye.at === null) return blindClaim("client", eye.text, sourceIds);
  const spoken = {
    layer: "client",
    standing: "speaks",
    blind: false,
    text: eye.text,
    rests: [Date.parse(eye.at)],
    sourceIds,
  } as const;
  if (eye.state === "writable") {
    if (eye.member !== null) return { ...spoken, points: [eye.member], astray: false };
    if (!isStranger(evidence, eye)) return muteClaim("client", eye.text, sourceIds);
    const text = message("domain.client-eye.stranger");
    return { ...spoken, text, points: [], astray: true };
  }
  const view = freshOf(evidence.dcs);
  const asIntended = eye.state === "read-only" && view !== null && isStandbyCluster(view);
  if (!eye.confirmed || asIntended) return muteClaim("client", eye.text, sourceIds);
  return { ...spoken, points: [], astray: true };
}

/** Every member has told its start time since the eye first met this server, and it is none of theirs. */
function isStranger(evidence: Evidence, { since }: ClientEyeView): boolean {
  if (since === null || evidence.members.length === 0) return false;
  return evidence.members.every(
    ({ patroni, postgres }) => toldSince(patroni, Date.parse(since)) || toldSince(postgres, Date.parse(since)),
  );
}

type Told = {
  readonly state: string;
  readonly at?: number;
  readonly value?: { readonly postmasterStartTime: string | null };
};

const toldSince = ({ state, at, value }: Told, since: number): boolean =>
  state === "fresh" && at !== undefined && at > since && Boolean(value?.postmasterStartTime);
