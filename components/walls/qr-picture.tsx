import { qrCode } from "@/lib/format/qr";

/** The standard asks for four modules of light around. */
const QUIET = 4;

/** A QR code, dark on light in either theme: cameras want it so. Nothing where the text is too long for one. */
export function QrPicture(props: { text: string; label: string }) {
  const code = qrCode(props.text);
  if (code === null) return null;
  const side = code.length + 2 * QUIET;
  const path = code
    .flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x + QUIET} ${y + QUIET}h1v1h-1z`] : [])))
    .join("");
  return (
    <svg
      role="img"
      aria-label={props.label}
      viewBox={`0 0 ${side} ${side}`}
      shapeRendering="crispEdges"
      className="h-auto w-full max-w-72"
    >
      <rect width={side} height={side} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
