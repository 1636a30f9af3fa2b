import { NextResponse, type NextRequest } from "next/server";

/** Notes the address for the pages, which cannot see it otherwise. Guards nothing: that is the procedures' work. */
export function proxy(request: NextRequest): NextResponse {
  const headers = new Headers(request.headers);
  headers.set("x-freehold-path", `${request.nextUrl.pathname}${request.nextUrl.search}`);
  return NextResponse.next({ request: { headers } });
}

export const config = { matcher: ["/((?!api/|_next/|icons/|.*\\.(?:svg|png|ico)$).*)"] };
