/**
 * Puts a text into the clipboard; false where the browser would not. Over plain HTTP, as dashboards on a LAN often are, browsers have no
 * clipboard of their own, and the older way is what is left.
 */
export async function copyText(text: string): Promise<boolean> {
  const { clipboard } = navigator;
  if (clipboard) {
    const copied = await clipboard.writeText(text).then(
      () => true,
      () => false,
    );
    if (copied) return true;
  }
  return copyBySelection(text);
}

function copyBySelection(text: string): boolean {
  const focused = document.activeElement;
  const field = document.createElement("textarea");
  field.value = text;
  field.setAttribute("aria-hidden", "true");
  field.style.position = "fixed";
  field.style.opacity = "0";
  document.body.append(field);
  field.select();
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  } finally {
    field.remove();
    if (focused instanceof HTMLElement) focused.focus();
  }
}
