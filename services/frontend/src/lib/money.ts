/** An amount as the API gives it: a decimal string, never a float. */
export interface Money {
  amount: string;
  currency: string;
}

const DECIMAL = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;

export function isNegative({ amount }: Money): boolean {
  return amount.startsWith("-") && /[1-9]/.test(amount);
}

export function isZero({ amount }: Money): boolean {
  return !/[1-9]/.test(amount);
}

// Persian and Urdu digits, Arabic ones, and their decimal and thousands separators.
const LOCAL = /[۰-۹٠-٩٫٬]/g;

function westernised(character: string): string {
  if (character === "٫") return ".";
  if (character === "٬") return ",";
  const code = character.charCodeAt(0);
  return String(code - (code >= 0x06f0 ? 0x06f0 : 0x0660));
}

/** What a person typed as the decimal string of the API: local digits, grouping, spaces and a leading plus are forgiven. */
export function parseAmount(typed: string): string | undefined {
  const plain = typed.replace(LOCAL, westernised).trim().replace(/^\+/, "").replace(/^\u2212/, "-").replace(/[\s,](?=\d{3}(?:\D|$))/g, "").replace(/^(-?)0+(?=\d)/, "$1");
  return DECIMAL.test(plain) ? plain : undefined;
}

/** For a body of the API. What can't be read as a number goes there as typed: it knows best what is wrong with it. */
export function typedAmount(typed: string): string {
  return parseAmount(typed) ?? typed;
}

export function negate(amount: string): string {
  return amount.startsWith("-") ? amount.slice(1) : `-${amount}`;
}

export function magnitude({ amount, currency }: Money): Money {
  return { amount: amount.replace(/^-/, ""), currency };
}

/** Share of a whole in percent, for the length of a bar only: a picture may be rounded, the number beside it is not. */
export function barLength(part: string, whole: string): number {
  const [length, full] = [Math.abs(Number(part)), Math.abs(Number(whole))];
  return full > 0 ? Math.min(100, (length / full) * 100) : 0;
}
