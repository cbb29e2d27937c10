"use client";
import { useTranslations } from "next-intl";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { Table, TableBody, TableHead, TableRow, Td, Th } from "@/components/ui/table";
import type { StaffMember } from "@/lib/access";
import { StaffMenu } from "./staff-menu";

/** The team as a list, with what may be done about each. */
export function StaffTable({
  staff,
  locations,
  mayWrite,
  ownId,
}: {
  staff: readonly StaffMember[];
  locations: readonly { id: bigint; name: string }[];
  mayWrite: boolean;
  ownId: bigint;
}) {
  const t = useTranslations("office.team");
  const roles = useTranslations("office.role");
  const place = (id: bigint | null) => locations.find((one) => one.id === id)?.name ?? "–";
  return (
    <Table label={t("staff")}>
      <TableHead>
        <tr>
          <Th>{t("name")}</Th>
          <Th className="max-sm:hidden">{t("role")}</Th>
          <Th className="max-md:hidden">{t("location")}</Th>
          <Th className="max-lg:hidden">{t("externalId")}</Th>
          {mayWrite && (
            <Th>
              <span className="sr-only">{t("actions")}</span>
            </Th>
          )}
        </tr>
      </TableHead>
      <TableBody>
        {staff.map((one) => (
          <TableRow key={one.id.toString()}>
            <Td className="w-full max-w-0 sm:w-2/5 sm:min-w-44">
              <span className="flex items-center gap-3">
                <Avatar name={one.name} seed={one.id.toString()} size="sm" />
                <span className="min-w-0">
                  <span className="flex items-center gap-2">
                    <span className="truncate font-medium">{one.name}</span>
                    {one.id === ownId && <Badge tone="brand">{t("you")}</Badge>}
                    {one.disabledAt && <Badge tone="danger">{t("disabled")}</Badge>}
                  </span>
                  <span className="block truncate text-sm text-faint">
                    <span className="sm:hidden">{roles(one.role)} · </span>
                    {one.email ?? t("noSignIn")}
                  </span>
                </span>
              </span>
            </Td>
            <Td className="max-sm:hidden">{roles(one.role)}</Td>
            <Td className="text-muted max-md:hidden">{place(one.locationId)}</Td>
            <Td className="text-muted max-lg:hidden">{one.externalId ?? "–"}</Td>
            {mayWrite && (
              <Td className="text-right">
                <StaffMenu staff={one} />
              </Td>
            )}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
