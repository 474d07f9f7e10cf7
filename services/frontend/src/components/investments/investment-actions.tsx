"use client";

import { lazy } from "react";
import type { Choices } from "@/components/investments/choices";
import { DeleteButton } from "@/components/ui/delete-button";
import { DialogButton } from "@/components/ui/dialog-button";
import { useI18n } from "#i18n";

const NewTradeDialog = lazy(() => import("@/components/investments/new-trade-dialog"));
const EditTradeDialog = lazy(() => import("@/components/investments/edit-trade-dialog"));
const TableImportDialog = lazy(() => import("@/components/investments/table-import-dialog"));
const securityDialogs = () => import("@/components/investments/security-dialogs");
const NewSecurityDialog = lazy(() => securityDialogs().then((module) => ({ default: module.NewSecurityDialog })));
const EditSecurityDialog = lazy(() => securityDialogs().then((module) => ({ default: module.EditSecurityDialog })));
const marketDialogs = () => import("@/components/investments/market-dialogs");
const NewPriceDialog = lazy(() => marketDialogs().then((module) => ({ default: module.NewPriceDialog })));
const NewRateDialog = lazy(() => marketDialogs().then((module) => ({ default: module.NewRateDialog })));

export function AddTrade({ choices }: { choices: Choices }) {
  const { t } = useI18n();
  return (
    <DialogButton label={t("investments.addTrade")} variant="primary">
      {(dialog) => <NewTradeDialog {...choices} {...dialog} />}
    </DialogButton>
  );
}

export function TradeActions({ id, title, categories }: { id: string; title: string; categories: Choices["categories"] }) {
  const { t } = useI18n();
  return (
    <>
      <DialogButton label={t("app.edit")} name={t("investments.editLabel", { name: title })}>
        {(dialog) => <EditTradeDialog id={id} title={title} categories={categories} {...dialog} />}
      </DialogButton>
      <DeleteButton path={`/trades/${id}`} title={t("investments.deleteTitle", { name: title })} detail={t("investments.deleteTrade")} />
    </>
  );
}

export function AddSecurity({ currency, variant = "secondary" }: { currency: string | undefined; variant?: "primary" | "secondary" }) {
  const { t } = useI18n();
  return (
    <DialogButton label={t("investments.addSecurity")} variant={variant}>
      {(dialog) => <NewSecurityDialog currency={currency} {...dialog} />}
    </DialogButton>
  );
}

export function SecurityActions({ security }: { security: Choices["securities"][number] }) {
  const { t } = useI18n();
  const { id, symbol } = security;
  return (
    <>
      <DialogButton label={t("investments.addPrice")} name={t("investments.addPriceFor", { name: symbol })}>
        {(dialog) => <NewPriceDialog securities={[security]} {...dialog} />}
      </DialogButton>
      <DialogButton label={t("app.edit")} name={t("investments.editLabel", { name: symbol })}>
        {(dialog) => <EditSecurityDialog id={id} symbol={symbol} {...dialog} />}
      </DialogButton>
      <DeleteButton path={`/securities/${id}`} title={t("investments.deleteTitle", { name: symbol })} detail={t("investments.deleteSecurity")} />
    </>
  );
}

export function PriceActions({ securities, chosen }: { securities: Choices["securities"]; chosen: string | undefined }) {
  const { t } = useI18n();
  return (
    <>
      <DialogButton label={t("investments.addPrice")} variant="secondary">
        {(dialog) => <NewPriceDialog securities={securities} chosen={chosen} {...dialog} />}
      </DialogButton>
      <ImportTable what="prices" />
    </>
  );
}

export function RateActions({ currency }: { currency: string | undefined }) {
  const { t } = useI18n();
  return (
    <>
      <DialogButton label={t("investments.addRate")} variant="secondary">
        {(dialog) => <NewRateDialog currency={currency} {...dialog} />}
      </DialogButton>
      <ImportTable what="rates" />
    </>
  );
}

function ImportTable({ what }: { what: "prices" | "rates" }) {
  const { t } = useI18n();
  return (
    <DialogButton label={t("investments.importTable")} name={t(`investments.import.${what}`)} variant="secondary">
      {({ onClose }) => <TableImportDialog what={what} onClose={onClose} />}
    </DialogButton>
  );
}
