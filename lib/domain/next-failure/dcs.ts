import type { NextFailure } from "../actions/plan";
import { NOTHING_GONE, type Picture } from "./picture";
import { aftermath } from "./takeover";

/** One member of the DCS alone. */
export function dcsFailures(picture: Picture, maximumLagBytes: number): readonly NextFailure[] {
  return picture.dcs.members
    .filter(({ isLearner }) => !isLearner)
    .map(({ endpoint, name }) => {
      const what = { layer: "dcs", subject: name ?? endpoint } as const;
      return aftermath(picture, what, { ...NOTHING_GONE, dcs: [endpoint] }, maximumLagBytes);
    });
}
