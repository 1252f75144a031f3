import { ConsoleHeader } from "./pages/console-header";
import { SignInPage } from "./pages/sign-in-page";
import { expect, NOBODY, test } from "./support/fixtures";
import { anyOf, word } from "./support/words";

test.use({ storageState: NOBODY });

test("without a session every page leads to sign-in, and from there back to the page that was asked for", async ({
  page,
  dashboard,
}) => {
  const signIn = new SignInPage(page);
  for (const path of ["/", dashboard.clusterPath]) {
    await page.goto(path);
    await expect(page).toHaveURL(/\/sign-in/);
    await expect(signIn.submit).toBeVisible();
  }
  await signIn.signIn(dashboard.accounts.users.viewer);
  await expect(page).toHaveURL(new RegExp(`${dashboard.clusterPath}$`));
});

test("a wrong password is refused without a hint, and the right one lets in", async ({ page, dashboard }) => {
  const signIn = new SignInPage(page);
  const { viewer } = dashboard.accounts.users;
  await page.goto("/sign-in");
  await signIn.fill({ name: viewer.name, password: "not the password" });
  await expect(signIn.problem).toHaveText(word("signIn.problem.credentials"));
  const forKnown = await signIn.problem.textContent();
  await signIn.fill({ name: "nobody-of-that-name", password: "not the password" });
  await expect(signIn.problem).toHaveText(forKnown ?? "");
  await signIn.signIn(viewer);
  await expect(new ConsoleHeader(page).bar).toContainText(viewer.name);
});

test("signing out ends the session on the server too", async ({ page, dashboard }) => {
  const signIn = new SignInPage(page);
  await page.goto("/sign-in");
  await signIn.signIn(dashboard.accounts.users.viewer);
  const cookies = await page.context().cookies();
  expect((await page.request.get("/api/v1/me")).status()).toBe(200);
  await new ConsoleHeader(page).signOut();
  await expect(page).toHaveURL(/\/sign-in/);
  expect((await page.request.get("/api/v1/me")).status()).toBe(401);
  await page.goto(dashboard.clusterPath);
  await expect(page).toHaveURL(/\/sign-in/);
  // Session cookies must be out of a script's reach.
  const session = cookies.filter((cookie) => cookie.name.includes("session-token"));
  expect(session.map((cookie) => cookie.httpOnly)).toEqual([true]);
});

test("by keyboard alone: from the first field to the cluster page", async ({ page, dashboard }) => {
  const signIn = new SignInPage(page);
  const { operator } = dashboard.accounts.users;
  await page.goto(`/sign-in?callbackUrl=${encodeURIComponent(dashboard.clusterPath)}`);
  await expect(signIn.submit).toBeEnabled();
  await expect(async () => {
    await page.keyboard.press("Tab");
    await expect(signIn.user).toBeFocused({ timeout: 100 });
  }).toPass();
  await page.keyboard.type(operator.name);
  await page.keyboard.press("Tab");
  await expect(signIn.password).toBeFocused();
  await page.keyboard.type(operator.password);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`${dashboard.clusterPath}$`));
});

test("whoever guesses is slowed down, and told for how long", async ({ page }) => {
  const signIn = new SignInPage(page);
  await page.goto("/sign-in");
  await expect(async () => {
    await signIn.fill({ name: "guessed", password: "wrong" });
    await expect(signIn.problem).not.toBeEmpty();
    await expect(signIn.problem).toHaveText(anyOf("signIn.problem.throttledFor"), { timeout: 100 });
  }).toPass({ timeout: 30_000, intervals: [100] });
});
