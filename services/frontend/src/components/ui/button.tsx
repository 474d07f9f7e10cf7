import type { ButtonHTMLAttributes, ComponentProps } from "react";
import Link from "next/link";
import styles from "./button.module.css";

type Variant = "primary" | "secondary" | "quiet" | "danger";

export function Button({ variant = "primary", ...rest }: ButtonHTMLAttributes<HTMLButtonElement> & { variant?: Variant }) {
  return <button type="button" {...rest} className={styles[variant]} />;
}

export function ButtonLink<Route extends string>({
  variant = "primary",
  ...rest
}: ComponentProps<typeof Link<Route>> & { variant?: Variant }) {
  return <Link {...rest} className={styles[variant]} />;
}
