"use client";
import { Archive, MapPin, Pencil } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import type { Location } from "@/lib/access";
import { archiveLocation } from "@/lib/access/actions";
import { ConfirmButton } from "./confirm-button";
import { LocationDialog } from "./location-dialog";
import { useFailureToast } from "./staff-menu";
import { useAct } from "./use-act";

/** The branches; archived ones keep their past and take no new sales. */
export function LocationList({ locations, mayWrite }: { locations: readonly Location[]; mayWrite: boolean }) {
  const t = useTranslations("office.team.place");
  const { run, failure, isPending } = useAct(archiveLocation, { said: t("archived") });
  useFailureToast(failure);
  if (locations.length === 0) return <EmptyState icon={<MapPin />} title={t("none")} />;
  return (
    <ul className="divide-y divide-line">
      {locations.map((location) => (
        <li key={location.id.toString()} className="flex items-center gap-3 px-5 py-3 sm:px-6">
          <MapPin aria-hidden="true" className="size-4.5 shrink-0 text-faint" />
          <span className="min-w-0 flex-1">
            <span className="block truncate font-medium">{location.name}</span>
            {location.address && (
              <span className="block truncate text-sm text-faint">{location.address}</span>
            )}
          </span>
          {mayWrite && (
            <span className="flex">
              <LocationDialog location={location}>
                <Button variant="ghost" size="sm" icon aria-label={t("renameOne", { name: location.name })}>
                  <Pencil aria-hidden="true" />
                </Button>
              </LocationDialog>
              {locations.length > 1 && (
                <ConfirmButton
                  label={t("archiveOne", { name: location.name })}
                  icon={<Archive aria-hidden="true" />}
                  title={t("archiveTitle", { name: location.name })}
                  text={t("archiveText")}
                  act={t("archive")}
                  isPending={isPending}
                  onConfirm={() => run({ id: location.id })}
                />
              )}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
