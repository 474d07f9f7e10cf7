import type { ReactNode } from "react";
import { Failure } from "@/components/ui/failure";
import { Panel } from "@/components/ui/panel";
import { ApiError } from "@/lib/api/problem";
import { getI18n } from "@/lib/i18n/server";

interface LoadedProps<T> {
  load: () => Promise<T>;
  /** It stands in a panel already. */
  inPanel?: boolean;
  children: (data: T) => ReactNode;
}

/** Renders what the backend gave, or says what is wrong and offers another try; the rest of the page stands either way. */
export async function Loaded<T>({ load, inPanel = false, children }: LoadedProps<T>) {
  const { t } = await getI18n();
  try {
    return children(await load());
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const failure = <Failure problem={error.problem} />;
    return inPanel ? failure : <Panel title={t("problem.title")}>{failure}</Panel>;
  }
}
