import { Fragment } from "react";

/** A text of several lines, with what stands between backticks set as it is typed into a terminal. */
export function RichText(props: { text: string }) {
  return props.text.split(/\n+/).map((line, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: lines of a text have no other identity
    <p key={at} className="wrap-anywhere">
      {line.split("`").map((part, n) =>
        n % 2 === 0 ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: nor have its parts
          <Fragment key={n}>{part}</Fragment>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: nor have its parts
          <code key={n} className="figures rounded-sm bg-raised px-1 py-px text-xs">
            {part}
          </code>
        ),
      )}
    </p>
  ));
}
