/** How much has been copied; never more than the whole, though the sizes of databases are only an estimate of it. */
export function ProgressBar(props: { done: number; total: number; label: string }) {
  const share = props.total <= 0 ? 0 : Math.min(1, props.done / props.total);
  return (
    <div
      role="progressbar"
      aria-label={props.label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(share * 100)}
      className="h-2 overflow-hidden rounded-full bg-line"
    >
      <div className="h-full bg-accent" style={{ width: `${share * 100}%` }} />
    </div>
  );
}
