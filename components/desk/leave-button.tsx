"use client";
import { useTranslations } from "next-intl";
import {
  AlertDialog,
  AlertDialogAction,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogTrigger,
} from "../ui/alert-dialog";
import { Button } from "../ui/button";

/** Back to the next person; asks first when it is not known what became of this sale. */
export function LeaveButton({
  isUnsure,
  isSending,
  onLeave,
  onHold,
}: {
  isUnsure: boolean;
  isSending: boolean;
  onLeave: () => void;
  onHold: (isHeld: boolean) => void;
}) {
  const t = useTranslations("desk.sale");
  if (!isUnsure)
    return (
      <Button
        variant="secondary"
        size="xl"
        className="max-sm:px-4 max-sm:text-lg"
        disabled={isSending}
        onClick={onLeave}
      >
        {t("cancel")}
      </Button>
    );
  return (
    <AlertDialog>
      <AlertDialogTrigger asChild>
        <Button variant="secondary" size="xl" className="max-sm:px-4 max-sm:text-lg">
          {t("cancel")}
        </Button>
      </AlertDialogTrigger>
      <AlertDialogContent
        title={t("leaveTitle")}
        description={t("leaveText")}
        footer={
          <>
            <AlertDialogCancel asChild>
              <Button variant="secondary" size="lg">
                {t("leaveStay")}
              </Button>
            </AlertDialogCancel>
            <AlertDialogAction asChild>
              <Button
                variant="danger"
                size="lg"
                onClick={() => {
                  onHold(false);
                  onLeave();
                }}
              >
                {t("leaveGo")}
              </Button>
            </AlertDialogAction>
          </>
        }
      />
    </AlertDialog>
  );
}
