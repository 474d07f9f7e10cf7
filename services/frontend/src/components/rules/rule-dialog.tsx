"use client";

import type { Lists } from "@/components/rules/lists";
import { readRule } from "@/components/rules/read-rule";
import { RuleFields } from "@/components/rules/rule-fields";
import { TryRule } from "@/components/rules/try-rule";
import { EditDialog } from "@/components/ui/edit-dialog";
import { FormDialog } from "@/components/ui/form-dialog";
import { api } from "@/lib/api/browser";
import type { Rule } from "@/lib/api/schema";
import { useI18n } from "#i18n";

interface RuleDialogProps {
  /** The rule to change; without one a new one is made. */
  id?: string;
  lists: Lists;
  onDone: () => void;
  onClose: () => void;
}

export function RuleDialog({ id, lists, onDone, onClose }: RuleDialogProps) {
  const { t } = useI18n();
  if (id) {
    return (
      <EditDialog<Rule> title={t("rules.edit")} path={`/rules/${id}`} read={readRule} onSaved={onDone} onClose={onClose}>
        {(rule) => (
          <>
            <RuleFields rule={rule} lists={lists} />
            <TryRule lists={lists} />
          </>
        )}
      </EditDialog>
    );
  }
  return (
    <FormDialog<Rule>
      title={t("rules.add")}
      submit={t("rules.save")}
      send={(values, idempotencyKey) => api.post<Rule>("/rules", readRule(values), { idempotencyKey })}
      onDone={onDone}
      onClose={onClose}
    >
      <RuleFields lists={lists} />
      <TryRule lists={lists} />
    </FormDialog>
  );
}
