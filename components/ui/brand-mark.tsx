/** The product's mark: a herd of three behind the one that leads. */
export function BrandMark(props: { size?: number }) {
  const size = props.size ?? 22;
  return (
    <svg aria-hidden="true" width={size} height={size} viewBox="0 0 24 24" fill="none">
      <path
        d="M4 20V10.5C4 6.4 7.4 3 11.5 3S19 6.4 19 10.5v4.2c0 1.3.7 2.1 1.7 2.1"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
      />
      <path d="M9 20v-5.5M14 20v-5.5" stroke="currentColor" strokeWidth="2" strokeLinecap="round" opacity=".55" />
      <circle cx="14.4" cy="9.4" r="1.5" fill="var(--accent)" />
    </svg>
  );
}
