/** The persons behind the demo's cards: one for each human, whatever number of businesses they go to. */
import { newId } from "../../lib/kernel/ids";
import { withoutBusiness } from "../../lib/platform/db";
import type { Human } from "./people";
import type { Plan } from "./plan";

/** Makes them, each since they first joined anything; by e-mail, which is how they sign in. */
export async function makePersons(plans: readonly Plan[]): Promise<Map<string, bigint>> {
  const first = new Map<string, { human: Human; at: Date }>();
  for (const plan of plans)
    for (const what of [...plan.days.values()].flat()) {
      const newcomer = plan.newcomers[what.who];
      if (what.kind !== "join" || !newcomer?.onCard) continue;
      const known = first.get(newcomer.human.email);
      if (!known || what.at < known.at)
        first.set(newcomer.human.email, { human: newcomer.human, at: what.at });
    }
  const rows = [...first.values()].map(({ human, at }) => ({ ...human, id: newId(at), at }));
  await withoutBusiness(async (tx) => {
    await tx.person.createMany({
      data: rows.map(({ id, name, locale, gender, birthDate, at }) => ({
        id,
        name,
        locale,
        gender,
        birthDate: new Date(`${birthDate}T00:00:00Z`),
        createdAt: at,
      })),
    });
    await tx.personIdentifier.createMany({
      data: rows.map(({ id, email, at }) => ({ kind: "email", value: email, personId: id, verifiedAt: at })),
    });
  });
  return new Map(rows.map(({ email, id }) => [email, id]));
}
