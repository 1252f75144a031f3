/** PostgreSQL's `server_version_num` as people say it: `170002` → `17.2`, `90624` → `9.6.24`; other text stays as it is. */
export function formatPgVersion(version: number | string | null | undefined): string | null {
  if (version === null || version === undefined || version === "") return null;
  const text = String(version);
  if (!/^\d{5,6}$/.test(text)) return text;
  const num = Number(text);
  const major = Math.floor(num / 10_000);
  if (major >= 10) return `${major}.${num % 10_000}`;
  return `${major}.${Math.floor(num / 100) % 100}.${num % 100}`;
}
