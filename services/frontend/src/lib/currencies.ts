/** Offered in forms; the API takes any ISO 4217 code. */
export const CURRENCIES = ["USD", "EUR", "GBP", "PKR", "INR", "AED", "SAR", "CAD", "AUD", "CHF", "JPY", "CNY", "SEK", "TRY"] as const;
