import { useEffect, useId, useState } from "react";
import { TextField } from "@/components/ui/field";
import { api } from "@/lib/api/browser";
import type { Payee, PayeePage } from "@/lib/api/schema";
import { useI18n } from "#i18n";

const PAUSE_MS = 200;
const SHOWN = 8;

interface PayeeFieldProps {
  initial: string;
  optional: boolean;
  /** A payee that is known was named. */
  onKnown: (payee: Payee) => void;
}

/** Offers those that were used before. */
export function PayeeField({ initial, optional, onKnown }: PayeeFieldProps) {
  const { t } = useI18n();
  const listId = useId();
  const [typed, setTyped] = useState(initial);
  const [known, setKnown] = useState<Payee[]>([]);

  useEffect(() => {
    const text = typed.trim();
    if (!text || text === initial) return;
    let current = true;
    const timer = setTimeout(async () => {
      const found = await api.get<PayeePage>(`/payees?${new URLSearchParams({ q: text, limit: String(SHOWN) })}`);
      if (current && found.ok) setKnown(found.data.items);
    }, PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [initial, typed]);

  return (
    <>
      <TextField
        label={t("transactions.payee")}
        name="payee"
        list={listId}
        maxLength={200}
        autoComplete="off"
        dir="auto"
        optional={optional}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          const payee = known.find(({ name }) => name === event.target.value);
          if (payee) onKnown(payee);
        }}
      />
      <datalist id={listId}>
        {known.map(({ name }) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </>
  );
}
