import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { Entry } from "@/lib/analytics/model";
import type { Reading } from "./timeline-reading";

export type EntryOf<S extends Entry["source"]> = Extract<Entry, { source: S }>;
export type RowProps<S extends Entry["source"]> = {
  entry: EntryOf<S>;
  reading: Reading;
  memberId: bigint;
};

/** The hour of an entry; its day stands above it. */
export const time = ({ entry, reading }: { entry: Entry; reading: Reading }) =>
  reading.f.date(entry.at, "time");

/** The purchase something came with. */
export async function PurchaseLink({ id, reading }: { id: number | null; reading: Reading }) {
  if (id === null) return null;
  const t = await getTranslations("profile.timeline");
  return (
    <Link href={`/${reading.locale}/office/operations/${id}`} className="underline underline-offset-2">
      {t("purchase")}
    </Link>
  );
}

/** Another member by name. */
export async function MemberLink({
  id,
  name,
  reading,
}: {
  id: number;
  name: string | null;
  reading: Reading;
}) {
  const t = await getTranslations("profile.timeline");
  return (
    <Link
      href={`/${reading.locale}/office/members/${id}`}
      className="text-brand underline underline-offset-2"
    >
      {name ?? t("nameless")}
    </Link>
  );
}
