import type { FindingRule } from "../../rule";
import { memberMissing } from "./member-missing";
import { timelineDiffers } from "./timeline-differs";
import { witnessDisagrees } from "./witness-disagrees";
import { writePath } from "./write-path";

/** Who takes writes. */
export const WRITING_RULES: readonly FindingRule[] = [writePath, memberMissing, timelineDiffers, witnessDisagrees];
