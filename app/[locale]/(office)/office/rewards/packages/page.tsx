import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { office } from "@/components/office/context";
import { Catalogue } from "@/components/rewards/catalogue";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("rewards.office"))("tabs.packages") };
}

/** Visits and other things paid for in advance. */
export default async function PackagesPage() {
  return <Catalogue {...(await office("programme:read", "/rewards/packages"))} tab="packages" />;
}
