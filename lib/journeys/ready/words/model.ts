/** What the ready-made journeys say, in three languages; the owner edits it in the draft. */
type Said = readonly [title: string, text: string];
export type Words = { readonly en: Said; readonly ru: Said; readonly uk: Said };

export const WORDS = {
  hello: {
    en: ["Welcome to {business}", "Your card is ready: show it at every visit, and points come back to you."],
    ru: [
      "Добро пожаловать в {business}",
      "Карта готова: показывайте её при каждом визите, и баллы будут возвращаться к вам.",
    ],
    uk: [
      "Вітаємо у {business}",
      "Картка готова: показуйте її під час кожного візиту, і бали повертатимуться до вас.",
    ],
  },
  welcomeEnds: {
    en: [
      "Your welcome points end soon",
      "{hasBurningOn, select, yes {{burningPoints} points wait for you until {burningOn}. Come and spend them.} other {Your card is waiting for its first visit.}}",
    ],
    ru: [
      "Приветственные баллы скоро сгорят",
      "{hasBurningOn, select, yes {{burningPoints} — столько баллов ждут вас до {burningOn}. Приходите их потратить.} other {Ваша карта ждёт первого визита.}}",
    ],
    uk: [
      "Вітальні бали скоро згорять",
      "{hasBurningOn, select, yes {{burningPoints} — стільки балів чекають на вас до {burningOn}. Приходьте їх витратити.} other {Ваша картка чекає на перший візит.}}",
    ],
  },
  colouring: {
    en: [
      "A week after your haircut",
      "Freshen the colour: “{reward}” is on your card{hasOfferUntil, select, yes { until {offerUntil}} other {}}.",
    ],
    ru: [
      "Неделя после стрижки",
      "Освежим цвет: на вашей карте «{reward}»{hasOfferUntil, select, yes { до {offerUntil}} other {}}.",
    ],
    uk: [
      "Тиждень після стрижки",
      "Освіжимо колір: на вашій картці «{reward}»{hasOfferUntil, select, yes { до {offerUntil}} other {}}.",
    ],
  },
  sleeping30: {
    en: ["It has been a month", "Time for the next visit? You have {points} points."],
    ru: [
      "Прошёл месяц",
      "Пора на следующий визит? На карте {points, plural, one {# балл} few {# балла} many {# баллов} other {# балла}}.",
    ],
    uk: [
      "Минув місяць",
      "Час для наступного візиту? На картці {points, plural, one {# бал} few {# бали} many {# балів} other {# бала}}.",
    ],
  },
  sleeping60: {
    en: [
      "A gift that burns in five days",
      "We put {offerPoints} points on your card. They wait until {offerUntil} only.",
    ],
    ru: [
      "Подарок, который сгорит через пять дней",
      "Мы положили на карту {offerPoints, plural, one {# балл} few {# балла} many {# баллов} other {# балла}}. Ждут только до {offerUntil}.",
    ],
    uk: [
      "Подарунок, що згорить за п'ять днів",
      "Ми поклали на картку {offerPoints, plural, one {# бал} few {# бали} many {# балів} other {# бала}}. Чекають лише до {offerUntil}.",
    ],
  },
  sleeping90: {
    en: [
      "We would love to see you again",
      "{offerPoints} points are yours until {offerUntil}. Nothing else to do but come.",
    ],
    ru: [
      "Будем рады увидеть вас снова",
      "До {offerUntil} ваши {offerPoints, plural, one {# балл} few {# балла} many {# баллов} other {# балла}}. Нужно только прийти.",
    ],
    uk: [
      "Будемо раді побачити вас знову",
      "До {offerUntil} ваші {offerPoints, plural, one {# бал} few {# бали} many {# балів} other {# бала}}. Треба лише прийти.",
    ],
  },
  birthday: {
    en: [
      "Happy birthday{hasName, select, yes {, {name}} other {}}!",
      "{offerPoints} points are our present. They wait for you until {offerUntil}.",
    ],
    ru: [
      "С днём рождения{hasName, select, yes {, {name}} other {}}!",
      "{offerPoints, plural, one {# балл} few {# балла} many {# баллов} other {# балла}} — наш подарок. Ждём вас до {offerUntil}.",
    ],
    uk: [
      "З днем народження{hasName, select, yes {, {name}} other {}}!",
      "{offerPoints, plural, one {# бал} few {# бали} many {# балів} other {# бала}} — наш подарунок. Чекаємо на вас до {offerUntil}.",
    ],
  },
  anniversary: {
    en: [
      "A year together",
      "A year ago you came to us for the first time. Here are {offerPoints} points as a thank-you.",
    ],
    ru: [
      "Мы вместе уже год",
      "Год назад вы пришли к нам впервые. Дарим {offerPoints, plural, one {# балл} few {# балла} many {# баллов} other {# балла}} в благодарность.",
    ],
    uk: [
      "Ми разом уже рік",
      "Рік тому ви прийшли до нас уперше. Даруємо {offerPoints, plural, one {# бал} few {# бали} many {# балів} other {# бала}} на знак подяки.",
    ],
  },
  burning: {
    en: [
      "{burningPoints} points burn soon",
      "{hasBurningOn, select, yes {They are good until {burningOn}.} other {}} Pay a part of your next bill with them.",
    ],
    ru: [
      "Скоро сгорит баллов: {burningPoints}",
      "{hasBurningOn, select, yes {Они действуют до {burningOn}.} other {}} Оплатите ими часть следующего счёта.",
    ],
    uk: [
      "Скоро згорить балів: {burningPoints}",
      "{hasBurningOn, select, yes {Вони дійсні до {burningOn}.} other {}} Сплатіть ними частину наступного рахунку.",
    ],
  },
  sorry: {
    en: [
      "We want to make it right",
      "Thank you for telling us. {offerPoints} points are on your card; give us a chance to do better.",
    ],
    ru: [
      "Хотим всё исправить",
      "Спасибо, что сказали прямо. На карте {offerPoints, plural, one {# балл} few {# балла} many {# баллов} other {# балла}}; дайте нам шанс исправиться.",
    ],
    uk: [
      "Хочемо все виправити",
      "Дякуємо, що сказали прямо. На картці {offerPoints, plural, one {# бал} few {# бали} many {# балів} other {# бала}}; дайте нам шанс виправитися.",
    ],
  },
  invite: {
    en: [
      "Liked it? Bring a friend",
      "Send your link from the card: both of you get points after your friend's first visit.",
    ],
    ru: [
      "Понравилось? Позовите друга",
      "Отправьте ссылку с карты: после первого визита друга баллы получите вы оба.",
    ],
    uk: [
      "Сподобалося? Покличте друга",
      "Надішліть посилання з картки: після першого візиту друга бали отримаєте ви обоє.",
    ],
  },
  nearTier: {
    en: [
      "One step from the next tier",
      "{hasMissing, select, yes {Only {missing} left to spend, and every visit will bring you more.} other {Come once more, and every visit will bring you more.}}",
    ],
    ru: [
      "Один шаг до следующего уровня",
      "{hasMissing, select, yes {Осталось потратить {missing}, и каждый визит будет приносить больше.} other {Загляните ещё раз, и каждый визит будет приносить больше.}}",
    ],
    uk: [
      "Один крок до наступного рівня",
      "{hasMissing, select, yes {Залишилося витратити {missing}, і кожен візит приноситиме більше.} other {Завітайте ще раз, і кожен візит приноситиме більше.}}",
    ],
  },
} as const satisfies Record<string, Words>;
