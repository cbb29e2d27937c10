import { type NextRequest, NextResponse } from "next/server";
import { PATH_HEADER } from "@/lib/access/model";
import { isLocale, LOCALE_COOKIE, pickLocale } from "@/lib/platform/i18n/locales";

/**
 * Stands before every page: sends an address without a language to one with it, and gives each answer its own
 * Content-Security-Policy. Decides nothing about access; that is `lib/access`.
 */
export function proxy(request: NextRequest): NextResponse {
  const { pathname } = request.nextUrl;
  const locale = pathname.split("/")[1];
  if (!isLocale(locale)) {
    const target = request.nextUrl.clone();
    const picked = pickLocale(
      request.cookies.get(LOCALE_COOKIE)?.value,
      request.headers.get("accept-language"),
    );
    target.pathname = `/${picked}${pathname === "/" ? "" : pathname}`;
    const redirect = NextResponse.redirect(target);
    redirect.headers.set("Vary", "Accept-Language, Cookie");
    return redirect;
  }

  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64");
  const policy = contentSecurityPolicy(nonce);
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("Content-Security-Policy", policy);
  headers.set("x-next-intl-locale", locale);
  headers.set(PATH_HEADER, pathOf(request));
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("Content-Security-Policy", policy);
  return response;
}

/** The page asked for, query included, without what Next's own navigation adds. */
function pathOf({ nextUrl }: NextRequest): string {
  const query = new URLSearchParams(nextUrl.search);
  query.delete("_rsc");
  return query.size === 0 ? nextUrl.pathname : `${nextUrl.pathname}?${query}`;
}

/** Only our own origin, and only the scripts this very answer named. */
function contentSecurityPolicy(nonce: string): string {
  const isDev = process.env.NODE_ENV === "development";
  return [
    "default-src 'self'",
    // The QR scanner of the desk runs in WebAssembly; React's development build explains errors by eval.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic' 'wasm-unsafe-eval'${isDev ? " 'unsafe-eval'" : ""}`,
    // Style attributes carry widths of bars and a business's colours; styles cannot run code.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${isDev ? " ws:" : ""}`,
    "media-src 'self' blob:",
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

export const config = {
  // Everything but machines' addresses (api, partner) and files: those have neither language nor markup.
  matcher: [
    "/((?!api/|partner/|_next/|icons/|fonts/|favicon\\.ico|sw\\.js|robots\\.txt|manifest|.*\\.(?:png|svg|ico|webmanifest)$).*)",
  ],
};
