import { Bell, ChevronLeft, Gift, History, QrCode, Settings2, UserPlus } from "lucide-react";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { CardShell } from "@/components/shell/card-shell";
import { navItem } from "@/components/shell/nav-item";
import { Avatar } from "@/components/ui/avatar";
import { unreadCount } from "@/lib/messaging";
import { keyedHash } from "@/lib/platform/crypto";
import type { Locale } from "@/lib/platform/i18n/locales";
import { Keep } from "./keep";
import type { OwnCard } from "./own-card";

/** The frame of every page of one card: whose it is above, the card's pages below, kept for offline as it stands. */
export async function CardFrame({
  card,
  locale,
  isHome = false,
  children,
}: {
  card: OwnCard;
  locale: Locale;
  /** The card's own page, whose face carries the name already. */
  isHome?: boolean;
  children: ReactNode;
}) {
  const [t, words, rewards, unread] = await Promise.all([
    getTranslations("card"),
    getTranslations("messaging.card"),
    getTranslations("rewards.card"),
    unreadCount(card.ctx, card.memberId),
  ]);
  const { slug, accent } = card.business;
  const home = `/${locale}/card/${slug}` as const;
  return (
    <CardShell
      color={accent}
      navLabel={t("nav.label")}
      nav={[
        navItem({ href: home, label: t("nav.card"), icon: <QrCode />, exact: true }),
        navItem({ href: `${home}/rewards`, label: rewards("nav"), icon: <Gift /> }),
        navItem({ href: `${home}/history`, label: t("nav.history"), icon: <History /> }),
        navItem({
          href: `${home}/messages`,
          label: words("nav"),
          icon: <BellWithCount count={unread} label={words("unread", { count: unread })} />,
        }),
        navItem({ href: `${home}/invite`, label: t("nav.friends"), icon: <UserPlus /> }),
        navItem({ href: `${home}/profile`, label: t("nav.profile"), icon: <Settings2 /> }),
      ]}
      head={!isHome || card.cards > 1 ? <Head card={card} locale={locale} isHome={isHome} /> : undefined}
    >
      <Keep person={personKey(card.person.personId)} made={card.ctx.now.toISOString()} />
      {children}
    </CardShell>
  );
}

function BellWithCount({ count, label }: { count: number; label: string }) {
  return (
    <span className="relative">
      <Bell />
      {count > 0 && (
        <span className="absolute -top-1 -right-2 grid size-4 place-items-center rounded-full bg-danger text-[0.625rem] leading-none font-semibold text-on-danger tabular-nums">
          <span aria-hidden="true">{count > 8 ? "9+" : count}</span>
          <span className="sr-only">{label}</span>
        </span>
      )}
    </span>
  );
}

async function Head({ card, locale, isHome }: { card: OwnCard; locale: Locale; isHome: boolean }) {
  const t = await getTranslations("card");
  const { name, slug } = card.business;
  return (
    <>
      {!isHome && (
        <span className="flex min-w-0 items-center gap-2.5">
          <Avatar name={name} seed={slug} size="sm" />
          <span className="truncate font-semibold">{name}</span>
        </span>
      )}
      {card.cards > 1 && (
        <Link
          href={`/${locale}/card?all=1`}
          className="-mx-2 flex min-h-11 shrink-0 items-center gap-0.5 rounded-md px-2 text-sm font-medium text-brand"
        >
          <ChevronLeft aria-hidden="true" className="size-4" />
          {t("allCards")}
        </Link>
      )}
    </>
  );
}

/** What a browser files a person's kept pages under: theirs alone, and nobody's name. */
const personKey = (personId: bigint): string => keyedHash("kept-pages", personId.toString()).slice(0, 16);
