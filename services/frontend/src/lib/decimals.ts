import { negate } from "@/lib/money";

/** The exact sum of decimal strings, with the digits of the one that has most. */
export function sum(amounts: readonly string[]): string {
  const digits = Math.max(0, ...amounts.map((amount) => amount.split(".")[1]?.length ?? 0));
  return written(
    amounts.reduce((total, amount) => total + scaled(amount, digits), 0n),
    digits,
  );
}

export function difference(amount: string, other: string): string {
  return sum([amount, negate(other)]);
}

export function absolute(amount: string): string {
  return amount.startsWith("-") ? amount.slice(1) : amount;
}

function scaled(amount: string, digits: number): bigint {
  const [whole, fraction = ""] = amount.split(".");
  return BigInt(whole + fraction.padEnd(digits, "0"));
}

function written(value: bigint, digits: number): string {
  const text = (value < 0n ? -value : value).toString().padStart(digits + 1, "0");
  const unsigned = digits > 0 ? `${text.slice(0, -digits)}.${text.slice(-digits)}` : text;
  return value < 0n ? `-${unsigned}` : unsigned;
}
