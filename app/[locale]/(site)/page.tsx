import { getLocale } from "next-intl/server";
import { Developers } from "@/components/site/developers";
import { Enter } from "@/components/site/enter";
import { Hero } from "@/components/site/hero";
import { How } from "@/components/site/how";
import { Screens } from "@/components/site/screens";
import { Trust } from "@/components/site/trust";

/** The front door: what Kolo is, for the owner who is deciding, and the way in for everyone else. */
export default async function LandingPage() {
  const locale = await getLocale();
  return (
    <main id="main" tabIndex={-1} className="outline-none">
      <Hero locale={locale} />
      <Screens />
      <How />
      <Trust />
      <Developers />
      <Enter locale={locale} />
    </main>
  );
}
