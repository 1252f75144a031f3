import { switchPause } from "./shared/pausing";
import type { Verb } from "./types";

export const pause: Verb<"pause"> = switchPause("pause", true);
