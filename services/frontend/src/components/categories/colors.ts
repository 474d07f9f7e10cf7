/** Told apart by people who see colours differently, too: https://doi.org/10.1038/nmeth.1618 */
export const COLORS = {
  green: "#009e73",
  blue: "#0072b2",
  sky: "#56b4e9",
  orange: "#e69f00",
  red: "#d55e00",
  pink: "#cc79a7",
  yellow: "#f0e442",
  grey: "#808080",
} as const;

export type ColorName = keyof typeof COLORS;
