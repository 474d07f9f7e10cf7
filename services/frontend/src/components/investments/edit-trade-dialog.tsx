import type { Choices } from "@/components/investments/choices";
import { ContentFields } from "@/components/investments/content-fields";
import { readContent } from "@/components/investments/trade-fields";
import { EditDialog } from "@/components/ui/edit-dialog";
import type { Trade } from "@/lib/api/schema";
import { useI18n } from "#i18n";

interface EditTradeDialogProps {
  id: string;
  title: string;
  categories: Choices["categories"];
  onClose: () => void;
  onDone: () => void;
}

export default function EditTradeDialog({ id, title, categories, onClose, onDone }: EditTradeDialogProps) {
  const { t } = useI18n();
  return (
    <EditDialog<Trade> title={title} path={`/trades/${id}`} read={(values, { kind }) => readContent(kind, values)} onSaved={onDone} onClose={onClose}>
      {(trade) => (
        <>
          <p>{t("investments.editTradeHint")}</p>
          <ContentFields kind={trade.kind} currency={trade.amount.currency} trade={trade} categories={categories} />
        </>
      )}
    </EditDialog>
  );
}
