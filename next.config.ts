import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

/** Sent with every answer. The page's Content-Security-Policy carries a nonce, so `proxy.ts` writes that one. */
const securityHeaders = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
  { key: "Permissions-Policy", value: "camera=(self), microphone=(), geolocation=(), payment=(), usb=()" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  // Browsers ignore it over plain http, so a trial on a local network is not locked out.
  { key: "Strict-Transport-Security", value: "max-age=15552000" },
];

const config: NextConfig = {
  typedRoutes: true,
  poweredByHeader: false,
  reactStrictMode: true,
  agentRules: false,
  // `npm run check` proves the types; whoever starts a clone need not do it again.
  typescript: { ignoreBuildErrors: true },
  experimental: {
    globalNotFound: true,
    // `forbidden()`: a page one may not see answers 403 and says so in its own words.
    authInterrupts: true,
    // A build is made once for a version: a cache of 220 MB for the next and maps that nothing reads cost a third of its time.
    turbopackFileSystemCacheForBuild: false,
    turbopackSourceMaps: process.env.NODE_ENV !== "production",
  },
  headers: async () => [
    { source: "/:path*", headers: securityHeaders },
    // A new release of the typeface gets a new folder, so a browser may keep these for good.
    {
      source: "/fonts/:path*",
      headers: [{ key: "Cache-Control", value: "public, max-age=31536000, immutable" }],
    },
  ],
};

const withNextIntl = createNextIntlPlugin({
  requestConfig: "./lib/platform/i18n/request.ts",
  experimental: {
    // Compiled at build time: the browser gets a formatter of one kilobyte instead of an ICU parser.
    messages: {
      format: "json",
      path: "./lib/platform/i18n/messages",
      locales: ["en", "ru", "uk"],
      precompile: true,
    },
  },
});

export default withNextIntl(config);
