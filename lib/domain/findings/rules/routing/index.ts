import type { FindingRule } from "../../rule";
import { vipNowhere } from "./vip-nowhere";
import { vipSeveral } from "./vip-several";

/** How clients find their way. */
export const ROUTING_RULES: readonly FindingRule[] = [vipSeveral, vipNowhere];
