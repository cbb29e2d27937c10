/** The demo's salon: three branches in Kyiv. Its name, people and numbers are made up. */
import type { Dice } from "./dice";
import { SALON_ITEMS } from "./salon-items";
import { salonProgrammes } from "./salon-programme";
import { demoSignIn, type Habit, type Trade } from "./trade";

/** Something extra now and then: a good to take home, an added service. */
const maybe = (dice: Dice, chance: number, ...names: string[]) =>
  dice.chance(chance) ? [dice.pick(names)] : [];

const HABITS: readonly Habit[] = [
  {
    weight: 6,
    women: 0,
    gapDays: 8,
    spread: 0.16,
    leavesFirst: 0.04,
    leavesLater: 0.0043,
    basket: (dice) => [
      dice.pick(["Моделювання бороди", "Стрижка машинкою", "Стрижка та борода", "Королівське гоління"]),
      ...maybe(dice, 0.06, "Бальзам для бороди", "Віск для укладки"),
    ],
  },
  {
    weight: 15,
    women: 0,
    gapDays: 21,
    spread: 0.2,
    leavesFirst: 0.15,
    leavesLater: 0.0076,
    basket: (dice) => [
      dice.pick(["Чоловіча стрижка", "Чоловіча стрижка", "Стрижка та борода"]),
      ...maybe(dice, 0.07, "Віск для укладки", "Шампунь щоденний"),
    ],
  },
  {
    weight: 16,
    women: 8,
    gapDays: 31,
    spread: 0.25,
    leavesFirst: 0.17,
    leavesLater: 0.011,
    basket: (dice) => [
      "Чоловіча стрижка",
      ...maybe(dice, 0.1, "Дитяча стрижка", "Камуфляж сивини", "Моделювання бороди"),
      ...maybe(dice, 0.05, "Віск для укладки", "Шампунь щоденний"),
    ],
  },
  {
    weight: 20,
    women: 97,
    gapDays: 21,
    spread: 0.2,
    leavesFirst: 0.11,
    leavesLater: 0.0068,
    basket: (dice) => [
      dice.pick(["Манікюр з гель-лаком", "Манікюр з гель-лаком", "Манікюр класичний"]),
      ...maybe(dice, 0.28, "Педикюр з гель-лаком", "Педикюр класичний"),
      ...maybe(dice, 0.3, "Дизайн нігтів", "Зміцнення нігтів", "Зняття покриття"),
      ...maybe(dice, 0.15, "Корекція брів", "Ламінування вій", "Фарбування брів"),
      ...maybe(dice, 0.05, "Крем для рук"),
    ],
  },
  {
    weight: 13,
    women: 96,
    gapDays: 47,
    spread: 0.28,
    leavesFirst: 0.2,
    leavesLater: 0.0187,
    basket: (dice) => [
      dice.pick(["Жіноча стрижка", "Стрижка з укладкою", "Підрівнювання кінчиків"]),
      ...maybe(dice, 0.2, "Відновлювальний догляд", "Тонування", "Чубчик"),
      ...maybe(dice, 0.12, "Шампунь щоденний", "Кондиціонер", "Олійка для кінчиків"),
    ],
  },
  {
    weight: 14,
    women: 99,
    gapDays: 49,
    spread: 0.18,
    leavesFirst: 0.17,
    leavesLater: 0.0153,
    basket: (dice) => [
      dice.pick([
        "Фарбування коренів",
        "Фарбування коренів",
        "Фарбування в один тон",
        "Мелірування",
        "Балаяж",
      ]),
      ...maybe(dice, 0.45, "Стрижка з укладкою", "Укладка", "Тонування"),
      ...maybe(dice, 0.2, "Шампунь для фарбованого волосся", "Маска відновлювальна", "Термозахист"),
    ],
  },
  {
    weight: 4,
    women: 100,
    gapDays: 9,
    spread: 0.3,
    leavesFirst: 0.09,
    leavesLater: 0.0059,
    basket: (dice) => ["Укладка", ...maybe(dice, 0.12, "Манікюр з гель-лаком", "Відновлювальний догляд")],
  },
  {
    weight: 12,
    women: 70,
    gapDays: 95,
    spread: 0.5,
    leavesFirst: 0.36,
    leavesLater: 0.068,
    basket: (dice) => [
      dice.pick([
        "Вечірня зачіска",
        "Жіноча стрижка",
        "Чоловіча стрижка",
        "Air touch",
        "Ботокс для волосся",
        "Кератинове випрямлення",
        "Ламінування брів",
        "Дитяча стрижка",
        "Освітлення",
      ]),
      ...maybe(dice, 0.15, "Шампунь щоденний", "Маска відновлювальна"),
    ],
  },
];

/** December peaks, January rests, the eighth of March and the first bell of September fill the chairs. */
function season(month: number, day: number): number {
  if (month === 1) return day === 1 ? 0 : day < 8 ? 0.35 : 0.75;
  if (month === 12) return day === 31 ? 0.5 : day >= 14 ? 1.7 : 1.25;
  if (month === 3) return day <= 8 ? 1.4 : 1;
  if (month === 8) return day >= 24 ? 1.25 : 0.9;
  return [1, 0.95, 1, 1.05, 1.08, 1.02, 0.92, 0.9, 1.05, 1, 1.03, 1][month - 1] ?? 1;
}

export const SALON: Trade = {
  key: "salon",
  name: "Верба й Гребінь",
  slug: "verba",
  locale: "uk",
  accent: "#7a2e5c",
  branches: [
    { name: "Поділ", address: "вул. Ярославська, 14, Київ", weight: 42, opensAfter: 0, letter: "П" },
    { name: "Печерськ", address: "бул. Лесі Українки, 9, Київ", weight: 34, opensAfter: 0, letter: "Ч" },
    { name: "Оболонь", address: "просп. Оболонський, 23, Київ", weight: 40, opensAfter: 160, letter: "О" },
  ],
  employees: [
    { name: "Олена Савчук", role: "owner", signIn: demoSignIn("owner") },
    { name: "Ігор Мельник", role: "manager", signIn: demoSignIn("manager") },
    { name: "Дарина Ткач", role: "marketer", signIn: demoSignIn("marketer") },
    { ...cashier("Аліна Гук", "podil-1"), branch: 0, signIn: demoSignIn("cashier") },
    { ...cashier("Марта Лисак", "podil-2"), branch: 0 },
    { ...cashier("Юлія Коваль", "pechersk-1"), branch: 1 },
    { ...cashier("Назар Бойко", "pechersk-2"), branch: 1 },
    { ...cashier("Соломія Кравець", "obolon-1"), branch: 2 },
    { ...cashier("Вадим Яценко", "obolon-2"), branch: 2 },
  ],
  items: SALON_ITEMS,
  habits: HABITS,
  programmes: salonProgrammes,
  tags: ["VIP", "Пише відгуки", "Чутлива шкіра голови", "Блогерка", "Тільки вихідні", "Зателефонувати"],
  gifts: [
    { comment: "З днем народження!", points: 300 },
    { comment: "Вибачте за очікування", points: 150 },
    { comment: "Переможниця розіграшу в Instagram", points: 500 },
    { comment: "Дякуємо за докладний відгук", points: 100 },
  ],
  notes: [
    "Просить майстриню Ірину, каву без цукру",
    "Алергія на аміак: лише безаміачні барвники",
    "Приходить із дитиною, потрібен дитячий стільчик",
    "Не любить розмов під час стрижки",
    "Нагадувати за день, а не за дві години",
  ],
  source: "desk",
  currency: "UAH",
  zone: "Europe/Kyiv",
  opens: 10,
  closes: 20,
  hours: [5, 7, 9, 8, 7, 7, 9, 12, 13, 9],
  weekdays: [6, 9, 10, 11, 14, 16, 9],
  season,
  onCard: 58,
  invited: 16,
  pays: 0.16,
  refunds: 6,
};

function cashier(name: string, externalId: string) {
  return { name, role: "cashier" as const, externalId };
}
