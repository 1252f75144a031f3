export const HASH = `scrypt:32768:8:3:${Buffer.alloc(16, 1).toString("base64")}:${Buffer.alloc(32, 2).toString("base64")}`;
export const TOKEN_HASH = `sha256:${"ab".repeat(32)}`;
/** Stands wherever a secret could; it must not be in any message. */
export const SECRET = "hunter2secret";

export const MINIMAL = `clusters:
  - scope: demo
    patroni: { seeds: ["http://10.0.0.1:8008"] }
`;

/** {@link MINIMAL} with more keys in its only cluster; they begin on line 4. */
export const cluster = (lines: string) => `${MINIMAL}${lines.replaceAll(/^/gm, "    ")}\n`;
/** {@link MINIMAL} with an `auth` before it, whose keys begin on line 2. */
export const auth = (lines: string) => `auth:\n${lines.replaceAll(/^/gm, "  ")}\n${MINIMAL}`;

/** A configuration with a mistake, and what its message must name. */
export type Broken = {
  readonly name: string;
  readonly text: string;
  readonly key: string;
  readonly line: number;
  readonly expected: string;
  readonly found?: string;
};
