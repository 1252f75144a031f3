import { signalling } from "./shared/signalling";
import type { Verb } from "./types";

export const backendCancel: Verb<"backend-cancel"> = signalling("backend-cancel", "cancel");
