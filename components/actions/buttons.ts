/** Classes of the buttons around actions. Literal, since Tailwind only sees what is spelled out. */
export const PLAIN_BUTTON =
  "inline-flex items-center gap-1.5 rounded-md border border-line-strong bg-surface px-3 py-1.5 text-sm text-ink hover:bg-raised disabled:opacity-50";

const DEED =
  "inline-flex items-center gap-1.5 rounded-md border px-4 py-1.5 text-sm font-semibold aria-disabled:cursor-not-allowed aria-disabled:border-line-strong aria-disabled:bg-raised aria-disabled:text-ink-3";
/** The button that does it. Grave deeds are drawn in the colour of danger. */
export const deedButton = (grave: boolean): string =>
  `${DEED} ${grave ? "border-crit-solid bg-crit-solid text-white" : "border-ink bg-ink text-canvas"}`;

export const FIELD =
  "rounded-md border border-line-strong bg-surface px-2.5 py-1.5 text-sm text-ink placeholder:text-ink-3";
