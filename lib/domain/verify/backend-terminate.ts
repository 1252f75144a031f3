import { signalling } from "./shared/signalling";
import type { Verb } from "./types";

export const backendTerminate: Verb<"backend-terminate"> = signalling("backend-terminate", "terminate");
