import { handleAuth } from "@/lib/auth/next-auth-handler";

type Context = { params: Promise<{ nextauth: string[] }> };

const handle = async (request: Request, { params }: Context) => handleAuth(request, (await params).nextauth);

export { handle as GET, handle as POST };
