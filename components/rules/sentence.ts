import { BPS_WHOLE } from "@/lib/kernel/money";
import { type Around, type Caps, type Gives, type RuleBody, unitOf, type When } from "@/lib/program/model";
import { clockText, namesOf, type Words, weekdaysText } from "./words";

/** A whole rule in plain words of the reader's language. Pure and browser-safe. */
export function ruleSentence(body: RuleBody, words: Words): string {
  const { t } = words;
  const goods = goodsText(body, words);
  const first = [givesText(body.gives, words), goods, ...conditionTexts(body.when, words)]
    .filter((part) => part !== "")
    .join(", ");
  const limits = limitTexts(body, words);
  const parts = [`${first}.`];
  if (limits.length > 0) parts.push(t("say.limits", { limits: limits.join(", ") }));
  if (body.livesDays !== null) parts.push(t("say.lives", { days: body.livesDays }));
  if (body.group)
    parts.push(
      t(body.group.choose === "best" ? "say.groupBest" : "say.groupFirst", { group: body.group.name }),
    );
  return parts.join(" ");
}

const percent = (bps: number, { f }: Words) => f.percent(bps / BPS_WHOLE, 2);

/** What a rule gives, without where and when. */
export function givesText(gives: Gives, words: Words): string {
  const { t, f } = words;
  switch (gives.is) {
    case "times":
      return t("say.times", { times: f.points(BigInt(gives.bps) / 100n) });
    case "points":
      return t(gives.per === "unit" ? "say.pointsUnit" : "say.points", { points: f.points(gives.points) });
    case "off":
      return t("say.off", { amount: f.money(gives.minor, { whole: "drop" }) });
    case "bands": {
      const bands = gives.bands
        .toSorted((a, b) => (a.fromMinor < b.fromMinor ? -1 : 1))
        .map((band) =>
          t("say.band", {
            rate: percent(band.bps, words),
            amount: f.money(band.fromMinor, { whole: "drop" }),
          }),
        );
      return t("say.bands", { bands: bands.join(", ") });
    }
    case "exclude": {
      const kept = (["earning", "paying", "discounts"] as const).filter((one) => gives[one]);
      return t("say.exclude", { what: kept.map((one) => t(`say.not.${one}`)).join(", ") });
    }
    case "rate":
    case "extra":
    case "discount":
    case "share":
      return t(`say.${gives.is}`, { rate: percent(gives.bps, words) });
  }
}

function goodsText({ when: { goods }, gives }: RuleBody, { t, lists }: Words): string {
  if (!goods || goods.items.length + goods.categories.length === 0)
    return gives.is === "exclude" ? t("say.allGoods") : "";
  const names = [namesOf(lists.category, goods.categories, t), namesOf(lists.item, goods.items, t)]
    .filter((part) => part !== "")
    .join(", ");
  return t(goods.isExcept ? "say.except" : "say.goods", { names });
}

/** Every condition that is set, one clause each. */
export function conditionTexts(when: When, words: Words): string[] {
  const { t, f, lists } = words;
  const texts: string[] = [];
  const named = (
    key: "locations" | "tiers" | "segments" | "tags",
    names: readonly (string | bigint)[] | null,
  ) => {
    const list = { locations: lists.location, tiers: lists.tier, segments: lists.segment, tags: lists.tags }[
      key
    ];
    if (names && names.length > 0) texts.push(t(`say.${key}`, { names: namesOf(list, names, t) }));
  };
  named("locations", when.locations);
  for (const { weekdays, from, to } of when.hours ?? [])
    texts.push(
      t(from === 0 && to === 1_440 ? "say.weekdays" : "say.hours", {
        days: weekdays.length === 7 ? t("say.daily") : weekdaysText(weekdays, f),
        from: clockText(from),
        to: clockText(to),
      }),
    );
  texts.push(...dateTexts(when, words));
  named("tiers", when.tiers);
  named("segments", when.segments);
  named("tags", when.tags);
  if (when.first) texts.push(t(`say.first.${when.first}`));
  if (when.visit) texts.push(t(`say.visit.${when.visit.is}`, { n: when.visit.n }));
  if (when.minBillMinor !== null)
    texts.push(t("say.minimum", { amount: f.money(when.minBillMinor, { whole: "drop" }) }));
  if (when.isPrepaid) texts.push(t("say.prepaid"));
  if (when.birthday) texts.push(aroundText("birthday", when.birthday, words));
  if (when.anniversary) texts.push(aroundText("anniversary", when.anniversary, words));
  if (when.isHeld) texts.push(t("say.held"));
  return texts;
}

function dateTexts({ dates, yearly }: When, { t, f }: Words): string[] {
  const texts: string[] = [];
  const [from, to] = [dates?.from ?? null, dates?.to ?? null];
  if (from && to) texts.push(t("say.dates", { from: f.calendar(from), to: f.calendar(to) }));
  else if (from) texts.push(t("say.datesFrom", { from: f.calendar(from) }));
  else if (to) texts.push(t("say.datesTo", { to: f.calendar(to) }));
  if (yearly) {
    const day = (text: string) => f.calendar(`2024-${text}`, "dayLong");
    texts.push(t("say.yearly", { from: day(yearly.from), to: day(yearly.to) }));
  }
  return texts;
}

function aroundText(what: "birthday" | "anniversary", { before, after }: Around, { t }: Words): string {
  if (before === 0 && after === 0) return t(`say.${what}.on`);
  return t(`say.${what}.around`, { before, after });
}

function limitTexts({ caps, gives }: { caps: Caps; gives: Gives }, { t, f }: Words): string[] {
  const unit = unitOf(gives.is) ?? "points";
  const texts = (["perBill", "perDay", "perMonth", "ever", "budget"] as const).flatMap((cap) => {
    const most = caps[cap];
    if (most === null) return [];
    const amount =
      unit === "money" ? f.money(most, { whole: "drop" }) : t("say.inPoints", { points: f.points(most) });
    return [t(`say.cap.${cap}`, { amount })];
  });
  const times = (["timesPerDay", "timesPerMonth", "timesEver"] as const).flatMap((cap) => {
    const most = caps[cap];
    return most === null ? [] : [t(`say.cap.${cap}`, { count: most })];
  });
  return [...texts, ...times];
}
