"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, Suspense, useState } from "react";
import { Button } from "@/components/ui/button";

interface DialogButtonProps {
  label: string;
  /** What it does to which row, where the label alone wouldn't say it; begins with the label. */
  name?: string | undefined;
  variant?: "primary" | "secondary" | "quiet";
  /** The dialog, best a lazy one, so that its code is fetched when it is first wanted. */
  children: (dialog: { onClose: () => void; onDone: () => void }) => ReactNode;
}

/** Opens a dialog; once that is done, the page shows what has changed. */
export function DialogButton({ label, name, variant = "quiet", children }: DialogButtonProps) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const onClose = () => setOpen(false);
  return (
    <>
      <Button variant={variant} aria-haspopup="dialog" aria-label={name} onClick={() => setOpen(true)}>
        {label}
      </Button>
      {open && (
        <Suspense>
          {children({
            onClose,
            onDone: () => {
              onClose();
              router.refresh();
            },
          })}
        </Suspense>
      )}
    </>
  );
}
