import { Users } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AddStaffDialog } from "@/components/office/add-staff-dialog";
import { office } from "@/components/office/context";
import { LocationDialog } from "@/components/office/location-dialog";
import { LocationList } from "@/components/office/location-list";
import { StaffTable } from "@/components/office/staff-table";
import { PageHeader } from "@/components/shell/page-header";
import { Card, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { listLocations, listStaff, may } from "@/lib/access";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("office.team"))("title") };
}

/** Who works here and where. */
export default async function TeamPage() {
  const { ctx } = await office("staff:read", "/team");
  const [t, staff, locations] = await Promise.all([
    getTranslations("office.team"),
    listStaff(ctx),
    listLocations(ctx),
  ]);
  const mayStaff = may(ctx.actor, "staff:write");
  const mayPlaces = may(ctx.actor, "locations:write");
  const places = locations.map(({ id, name }) => ({ id, name }));
  return (
    <>
      <PageHeader
        title={t("title")}
        description={t("text")}
        actions={mayStaff && <AddStaffDialog locations={places} />}
      />
      <div className="grid items-start gap-6 2xl:grid-cols-[minmax(0,1fr)_24rem]">
        <Card>
          <CardHeader>
            <div>
              <CardTitle>{t("staff")}</CardTitle>
              <CardDescription>{t("staffText")}</CardDescription>
            </div>
          </CardHeader>
          {staff.length > 0 ? (
            <StaffTable
              staff={staff}
              locations={places}
              mayWrite={mayStaff}
              ownId={ctx.actor.kind === "staff" ? ctx.actor.id : 0n}
            />
          ) : (
            <EmptyState icon={<Users />} title={t("noStaff")} />
          )}
        </Card>
        <Card>
          <CardHeader>
            <div>
              <CardTitle>{t("locations")}</CardTitle>
              <CardDescription>{t("locationsText")}</CardDescription>
            </div>
            {mayPlaces && <LocationDialog />}
          </CardHeader>
          <LocationList locations={locations} mayWrite={mayPlaces} />
        </Card>
      </div>
    </>
  );
}
