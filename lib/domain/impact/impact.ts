/** What an action would do, part by part; each is `null` or empty where it cannot be told. */
export { candidateImpacts } from "./candidates";
export { clientsCut } from "./clients";
export { expectedGap } from "./gap";
export { nextFailures } from "./next-failures";
export { reinitImpact } from "./reinit";
export { routingImpact } from "./routing";
