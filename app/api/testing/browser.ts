import { GET, POST } from "../auth/[...nextauth]/route";
import { GET as getMe } from "../v1/me/route";
import { request } from "./world";

export type Browser = ReturnType<typeof createBrowser>;

/** The cookies of one browser, and the calls that the sign-in page makes. */
export function createBrowser() {
  const jar = new Map<string, string>();
  const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join("; ");

  async function auth(path: string, form?: Record<string, string>, headers: Record<string, string> = {}) {
    const init = {
      method: form ? "POST" : "GET",
      headers: {
        cookie: cookie(),
        ...(form ? { "content-type": "application/x-www-form-urlencoded" } : {}),
        ...headers,
      },
      ...(form ? { body: new URLSearchParams(form).toString() } : {}),
    };
    const nextauth = path.split("?")[0]?.split("/") ?? [];
    const response = await (form ? POST : GET)(request(`/api/auth/${path}`, init), {
      params: Promise.resolve({ nextauth }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === "") jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  }

  async function signIn(username: string, password: string, headers: Record<string, string> = {}) {
    const { csrfToken } = (await (await auth("csrf", undefined, headers)).json()) as { csrfToken: string };
    const form = { username, password, csrfToken, callbackUrl: "/clusters/demo", json: "true" };
    const response = await auth("callback/credentials", form, headers);
    return {
      status: response.status,
      cookies: response.headers.getSetCookie(),
      ...((await response.json()) as { url: string }),
    };
  }

  const me = async () => {
    const response = await getMe(request("/api/v1/me", { headers: { cookie: cookie() } }), {
      params: Promise.resolve({}),
    });
    return response.status === 200 ? ((await response.json()) as { name: string; role: string }) : response.status;
  };

  return { auth, signIn, me, cookie };
}
