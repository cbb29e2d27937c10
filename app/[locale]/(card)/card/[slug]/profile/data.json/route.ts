import { ownCard } from "@/components/card/own-card";
import { jsonFile } from "@/components/members/json-file";
import { problem } from "@/lib/access";
import { exportPerson } from "@/lib/integrations";
import { Refused } from "@/lib/kernel/refusals";

/** Everything the business holds of whoever asks, as a file. */
export async function GET(
  _request: Request,
  { params }: RouteContext<"/[locale]/card/[slug]/profile/data.json">,
): Promise<Response> {
  try {
    const card = await ownCard((await params).slug);
    if (!card) throw new Refused("unauthenticated");
    return jsonFile(`kolo-${card.business.slug}`, await exportPerson(card.ctx, card.memberId));
  } catch (error) {
    return problem(error);
  }
}
