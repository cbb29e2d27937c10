/** The veil under dialogs and sheets. */
export const scrim =
  "fixed inset-0 z-50 bg-scrim data-[state=open]:animate-in data-[state=open]:fade-in-0 data-[state=closed]:animate-out data-[state=closed]:fade-out-0 duration-200";

/** The frame of small floating things: menus, popovers. */
export const floating =
  "z-50 rounded-lg border bg-raised text-ink shadow-pop outline-none data-[state=open]:animate-in data-[state=open]:fade-in-0 data-[state=open]:zoom-in-97 data-[state=closed]:animate-out data-[state=closed]:fade-out-0 duration-150 origin-(--radix-popper-transform-origin)";
