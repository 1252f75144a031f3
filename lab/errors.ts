/** Why a lab command gave up. Match on `kind`; the message is for people. */
export type LabErrorKind = "missing" | "timeout" | "command-failed" | "busy" | "not-up" | "usage";

/** The one error type the lab throws on purpose; anything else that escapes is a bug. */
export class LabError extends Error {
  readonly kind: LabErrorKind;

  constructor(kind: LabErrorKind, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = "LabError";
    this.kind = kind;
  }
}

/** True for a lab error of this kind, across module copies too (that is why it is not `instanceof`). */
export function isLabError(error: unknown, kind?: LabErrorKind): error is LabError {
  if (!(error instanceof Error) || error.name !== "LabError") return false;
  return kind === undefined || (error as LabError).kind === kind;
}

/** The message of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
