import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { office } from "@/components/office/context";
import { Catalogue } from "@/components/rewards/catalogue";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("rewards.office"))("title") };
}

/** What members can buy with points. */
export default async function RewardsPage() {
  return <Catalogue {...(await office("programme:read", "/rewards"))} tab="catalogue" />;
}
