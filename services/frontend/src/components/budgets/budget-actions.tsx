"use client";

import { lazy } from "react";
import { DeleteButton } from "@/components/ui/delete-button";
import { DialogButton } from "@/components/ui/dialog-button";
import { useI18n } from "#i18n";
import type { Category } from "@/lib/api/schema";

const NewBudgetDialog = lazy(() => import("@/components/budgets/new-budget-dialog"));
const EditBudgetDialog = lazy(() => import("@/components/budgets/edit-budget-dialog"));

export type Choice = Pick<Category, "id" | "name">;

interface AddBudgetProps {
  month: string;
  currency: string | undefined;
  /** One is for that category; of several, one is chosen. */
  categories: Choice[];
  /** As a first value. */
  amount?: string | undefined;
  label: string;
  name?: string;
  variant?: "primary" | "secondary";
}

export function AddBudget({ label, name, variant = "primary", ...rest }: AddBudgetProps) {
  return (
    <DialogButton label={label} name={name} variant={variant}>
      {(dialog) => <NewBudgetDialog {...rest} {...dialog} />}
    </DialogButton>
  );
}

export function BudgetActions({ id, category, month }: { id: string; category: string; month: string }) {
  const { t } = useI18n();
  return (
    <>
      <DialogButton label={t("app.edit")} name={t("budgets.editLabel", { category })}>
        {(dialog) => <EditBudgetDialog id={id} category={category} month={month} {...dialog} />}
      </DialogButton>
      <DeleteButton path={`/budgets/${id}`} title={t("budgets.deleteTitle", { category })} detail={t("budgets.deleteDetail")} />
    </>
  );
}
