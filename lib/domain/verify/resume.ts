import { switchPause } from "./shared/pausing";
import type { Verb } from "./types";

export const resume: Verb<"resume"> = switchPause("resume", false);
