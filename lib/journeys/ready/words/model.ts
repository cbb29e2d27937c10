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
      "{burningPoints} points wait for you until {burningOn}. Come and spend them.",
    ],
    ru: [
      "Приветственные баллы скоро сгорят",
      "{burningPoints} — столько баллов ждут вас до {burningOn}. Приходите их потратить.",
    ],
    uk: [
      "Вітальні бали скоро згорять",
      "{burningPoints} — стільки балів чекають на вас до {burningOn}. Приходьте їх витратити.",
    ],
  },
  colouring: {
    en: ["A week after your haircut", "Freshen the colour: colouring is 20 % off for you this week."],
    ru: ["Неделя после стрижки", "Освежим цвет: на этой неделе окрашивание для вас на 20 % дешевле."],
    uk: ["Тиждень після стрижки", "Освіжимо колір: цього тижня фарбування для вас на 20 % дешевше."],
  },
  sleeping30: {
    en: ["It has been a month", "Time for the next visit? You have {points} points."],
    ru: ["Прошёл месяц", "Пора на следующий визит? На карте {points} баллов."],
    uk: ["Минув місяць", "Час для наступного візиту? На картці {points} балів."],
  },
  sleeping60: {
    en: ["A gift that burns in five days", "We put 100 points on your card. They wait for five days only."],
    ru: [
      "Подарок, который сгорит через пять дней",
      "Мы положили на карту 100 баллов. Они ждут только пять дней.",
    ],
    uk: [
      "Подарунок, що згорить за п'ять днів",
      "Ми поклали на картку 100 балів. Вони чекають лише п'ять днів.",
    ],
  },
  sleeping90: {
    en: [
      "We would love to see you again",
      "200 points are yours for the next five days. Nothing else to do but come.",
    ],
    ru: ["Будем рады увидеть вас снова", "200 баллов ваши на ближайшие пять дней. Нужно только прийти."],
    uk: ["Будемо раді побачити вас знову", "200 балів ваші на найближчі п'ять днів. Треба лише прийти."],
  },
  birthday: {
    en: [
      "Happy birthday{hasName, select, yes {, {name}} other {}}!",
      "200 points are our present. They wait for you for two weeks.",
    ],
    ru: [
      "С днём рождения{hasName, select, yes {, {name}} other {}}!",
      "200 баллов — наш подарок. Они ждут вас две недели.",
    ],
    uk: [
      "З днем народження{hasName, select, yes {, {name}} other {}}!",
      "200 балів — наш подарунок. Вони чекають на вас два тижні.",
    ],
  },
  anniversary: {
    en: [
      "A year together",
      "A year ago you came to us for the first time. Here are 150 points as a thank-you.",
    ],
    ru: ["Мы вместе уже год", "Год назад вы пришли к нам впервые. Дарим 150 баллов в благодарность."],
    uk: ["Ми разом уже рік", "Рік тому ви прийшли до нас уперше. Даруємо 150 балів на знак подяки."],
  },
  burning: {
    en: [
      "{burningPoints} points burn soon",
      "They are good until {burningOn}. Pay a part of your next bill with them.",
    ],
    ru: [
      "Скоро сгорит баллов: {burningPoints}",
      "Они действуют до {burningOn}. Оплатите ими часть следующего счёта.",
    ],
    uk: [
      "Скоро згорить балів: {burningPoints}",
      "Вони дійсні до {burningOn}. Сплатіть ними частину наступного рахунку.",
    ],
  },
  sorry: {
    en: [
      "We want to make it right",
      "Thank you for telling us. 150 points are on your card; give us a chance to do better.",
    ],
    ru: [
      "Хотим всё исправить",
      "Спасибо, что сказали прямо. На карте 150 баллов; дайте нам шанс исправиться.",
    ],
    uk: [
      "Хочемо все виправити",
      "Дякуємо, що сказали прямо. На картці 150 балів; дайте нам шанс виправитися.",
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
    en: ["One step from the next tier", "Only {missing} left to spend, and every visit will bring you more."],
    ru: [
      "Один шаг до следующего уровня",
      "Осталось потратить {missing}, и каждый визит будет приносить больше.",
    ],
    uk: [
      "Один крок до наступного рівня",
      "Залишилося витратити {missing}, і кожен візит приноситиме більше.",
    ],
  },
} as const satisfies Record<string, Words>;
