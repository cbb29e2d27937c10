import { defineConfig } from "@playwright/test";
import { findChromium } from "./tests/support/chromium";

export default defineConfig({
  testDir: "tests/e2e",
  globalSetup: "./tests/support/kolo-server.ts",
  // All tests share one installation: side by side they would see each other's purchases.
  workers: 1,
  // What pulls the plug comes last.
  projects: [
    { name: "screens", testIgnore: "outage/**" },
    { name: "outage", testMatch: "outage/**", dependencies: ["screens"] },
  ],
  retries: 0,
  // A slow machine is no failure.
  timeout: 180_000,
  expect: { timeout: 20_000 },
  reporter: "list",
  use: {
    locale: "en-GB",
    timezoneId: "Europe/Kyiv",
    // A trace of every test costs more than the tests; what failed is told by the error, the page in words and a picture.
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: findChromium(),
      // Chromium's sandbox refuses to run as root.
      args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
    },
  },
});
