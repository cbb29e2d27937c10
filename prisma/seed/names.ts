/** Names as they are met in Kyiv: mostly Ukrainian, some Russian, a few from further away. */
export type NameList = {
  readonly female: readonly string[];
  readonly male: readonly string[];
  /** Surnames with both endings: [female, male]. */
  readonly surnames: readonly (readonly [string, string])[];
};

const words = (text: string) => text.split(" ");
const same = (text: string) => words(text).map((word): [string, string] => [word, word]);
const both = (text: string) =>
  words(text).map((pair): [string, string] => {
    const [female = "", male = ""] = pair.split("/");
    return [female, male];
  });

export const UKRAINIAN: NameList = {
  female: words(
    "Олена Ірина Наталія Оксана Тетяна Юлія Марія Анна Катерина Вікторія Дарина Софія Анастасія Христина Соломія Галина Людмила Світлана Ольга Надія Любов Віра Аліна Діана Яна Марина Інна Леся Мар'яна Уляна Злата Поліна Вероніка Валерія Єлизавета Богдана Зоряна Руслана Таїсія Лілія",
  ),
  male: words(
    "Олександр Андрій Сергій Дмитро Максим Іван Микола Володимир Тарас Богдан Олег Юрій Ігор Роман Назар Денис Артем Владислав Євген Віталій Василь Павло Петро Михайло Степан Остап Ярослав Святослав Кирило Антон Данило Матвій Руслан Вадим Станіслав Ростислав Любомир Захар Тимофій Григорій",
  ),
  surnames: [
    ...same(
      "Шевченко Коваленко Бондаренко Ткаченко Кравченко Олійник Шевчук Поліщук Савченко Мельник Марченко Гончаренко Левченко Петренко Павленко Кравчук Захарчук Мороз Лисенко Руденко Бондар Гаврилюк Ковальчук Гончар Ткачук Семенюк Романюк Панченко Сидоренко Кузьменко Пономаренко Яценко Костенко Тимошенко Федоренко Юрченко Даниленко Хоменко Москаленко Клименко Власенко Тарасенко Назаренко Демченко Бойко Кравець Коваль Мазур Гук Лисак Остапчук Дмитрук Гринчук Паламарчук Дяченко Прокопенко Зінченко Стеценко Близнюк Собко",
    ),
    ...both(
      "Вербицька/Вербицький Яворська/Яворський Лозинська/Лозинський Заболотна/Заболотний Підгірна/Підгірний Чорна/Чорний Левицька/Левицький Сосновська/Сосновський Грабовська/Грабовський Дзюба/Дзюба Городецька/Городецький Біла/Білий",
    ),
  ],
};

export const RUSSIAN: NameList = {
  female: words("Елена Екатерина Анна Мария Ольга Наталья Юлия Ксения Алёна Виктория Полина Маргарита Алла"),
  male: words("Алексей Дмитрий Сергей Андрей Михаил Николай Евгений Илья Константин Кирилл Павел Антон Лев"),
  surnames: both(
    "Соколова/Соколов Морозова/Морозов Лебедева/Лебедев Орлова/Орлов Белова/Белов Журавлёва/Журавлёв Крылова/Крылов Сорокина/Сорокин Зайцева/Зайцев Романова/Романов Громова/Громов Тихонова/Тихонов Ларина/Ларин",
  ),
};

export const FOREIGN: NameList = {
  female: words("Emma Sofia Chloé Laura Aylin Mei Ana Julia Hannah Leyla Zuzanna Ingrid"),
  male: words("Thomas Lucas Mehmet David Omar Jakub Henrik Marco Daniel Arjun Wei Peter"),
  surnames: same(
    "Nowak Kowalczyk Müller Schneider Rossi Dubois García Yılmaz Demir Andersson Novák Costa Bennett Walker O'Connor Sharma Chen Tanaka Haddad Jensen",
  ),
};

const LATIN: Readonly<Record<string, string>> = Object.fromEntries(
  words(
    "а-a б-b в-v г-h ґ-g д-d е-e ё-io є-ie ж-zh з-z и-y і-i ї-i й-i к-k л-l м-m н-n о-o п-p р-r с-s т-t у-u ф-f х-kh ц-ts ч-ch ш-sh щ-shch ъ- ы-y ь- э-e ю-iu я-ia ı-i",
  ).map((pair) => pair.split("-")),
);

/** A name in the letters that an e-mail address takes. */
export function latin(name: string): string {
  return Array.from(name.toLowerCase(), (letter) => LATIN[letter] ?? letter)
    .join("")
    .normalize("NFKD")
    .replace(/[^a-z]/g, "");
}
