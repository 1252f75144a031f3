const LOOK_MS = 20_000;

/**
 * A script that stands in the page itself: where the page's own scripts were not to be had, because the server went away in between, it loads
 * the page anew as soon as the server answers. Where they run, they look after themselves, and it does nothing.
 */
export const REVIVAL = `setInterval(function () {
  if (document.documentElement.dataset.alive) return;
  fetch(location.href, { method: "HEAD", cache: "no-store" }).then(
    function (answer) { if (answer.ok) location.reload(); },
    function () {}
  );
}, ${LOOK_MS});`;
