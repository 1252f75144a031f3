export type Interpolated = {
  readonly text: string;
  readonly used: readonly string[];
  readonly missing: readonly string[];
  readonly malformed: boolean;
};

const PART = /\$\$\{|\$\{([^}]*)\}|\$\{/g;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Fills `${NAME}` in from `env`; `$${` stands for a literal `${`. A variable that is set and empty counts as set. */
export function interpolate(text: string, env: Readonly<Record<string, string | undefined>>): Interpolated {
  const used = new Set<string>();
  const missing = new Set<string>();
  let malformed = false;
  const filled = text.replace(PART, (part: string, name: string | undefined) => {
    if (part === "$${") return "${";
    if (name === undefined || !NAME.test(name)) {
      malformed = true;
      return "";
    }
    const value = env[name];
    if (value === undefined) missing.add(name);
    else used.add(name);
    return value ?? "";
  });
  return { text: filled, used: [...used], missing: [...missing], malformed };
}
