import { message } from "../../message";
import type { RoutingRule } from "../ruling";

/** Every way of finding the VIP was tried and nothing at the address spoke. */
export const vipNowhere: RoutingRule = ({ vip, evidence }, writer) => {
  if (vip?.answers !== false || evidence.vip?.state !== "fresh") return null;
  return {
    state: "broken",
    code: "vip-nowhere",
    writer: writer.name,
    message: message("domain.verdict.vip-nowhere", { writer: writer.name, address: vip.address }),
    rests: [writer.at, evidence.vip.at],
  };
};
