import { SignInForm } from "@/components/auth/auth-form";
import { safeReturnPath } from "@/lib/return-path";
import { titled } from "@/lib/i18n/server";

export const generateMetadata = titled("auth.signIn");

export default async function SignInPage({ searchParams }: PageProps<"/sign-in">) {
  const { next, ended } = await searchParams;
  return <SignInForm returnTo={safeReturnPath(next)} ended={ended === "true"} />;
}
