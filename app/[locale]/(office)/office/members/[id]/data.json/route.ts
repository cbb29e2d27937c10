import { jsonFile } from "@/components/members/json-file";
import { currentStaff, problem } from "@/lib/access";
import { exportPerson } from "@/lib/integrations";
import { parseId } from "@/lib/kernel/ids";
import { Refused } from "@/lib/kernel/refusals";

/** Everything the business holds of one member, as a file. */
export async function GET(
  _request: Request,
  { params }: RouteContext<"/[locale]/office/members/[id]/data.json">,
): Promise<Response> {
  try {
    const ctx = await currentStaff();
    if (!ctx) throw new Refused("unauthenticated");
    const memberId = parseId((await params).id);
    if (memberId === undefined) throw new Refused("not_found");
    return jsonFile(`kolo-${ctx.business.slug}-${memberId}`, await exportPerson(ctx, memberId));
  } catch (error) {
    return problem(error);
  }
}
