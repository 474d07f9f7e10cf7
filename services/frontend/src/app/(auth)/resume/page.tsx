import { Resume } from "@/components/auth/resume";
import { safeReturnPath } from "@/lib/return-path";
import { titled } from "@/lib/i18n/server";

export const generateMetadata = titled("app.working");

export default async function ResumePage({ searchParams }: PageProps<"/resume">) {
  return <Resume returnTo={safeReturnPath((await searchParams).next)} />;
}
