"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import type { ConversationMenuProps } from "@/components/chat/conversation-menu";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { ProblemNotice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { api } from "@/lib/api/browser";
import type { Conversation } from "@/lib/api/schema";
import { field, useSubmit } from "@/lib/use-submit";
import { useI18n } from "#i18n";

/** Gives a conversation another name, or deletes it. */
export default function ConversationDialog({ id, title, isOpen, onClose }: ConversationMenuProps & { onClose: () => void }) {
  const { t } = useI18n();
  const router = useRouter();
  const [deleting, setDeleting] = useState(false);
  const path = `/conversations/${id}`;
  const { busy, problem, onSubmit } = useSubmit(
    (values) => api.patch<Conversation>(path, { title: field(values, "title") }),
    () => {
      onClose();
      router.refresh();
    },
  );
  if (deleting) {
    return (
      <ConfirmDialog
        title={t("chat.deleteTitle")}
        action={t("app.delete")}
        run={() => api.delete(path)}
        onDone={() => {
          onClose();
          if (isOpen) router.push("/chat");
          router.refresh();
        }}
        onClose={onClose}
      >
        <p dir="auto">{t("chat.deleteDetail", { title })}</p>
      </ConfirmDialog>
    );
  }
  return (
    <Dialog title={t("chat.rename")} onClose={onClose}>
      <Form problem={problem} onSubmit={onSubmit}>
        <TextField label={t("chat.name")} name="title" dir="auto" defaultValue={title} maxLength={100} autoComplete="off" />
        <ProblemNotice problem={problem} />
        <DialogActions>
          <Button variant="quiet" onClick={() => setDeleting(true)}>
            {t("chat.delete")}
          </Button>
          <Button variant="secondary" onClick={onClose}>
            {t("app.cancel")}
          </Button>
          <SubmitButton label={t("app.save")} busyLabel={t("app.saving")} busy={busy} />
        </DialogActions>
      </Form>
    </Dialog>
  );
}
