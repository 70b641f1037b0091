/**
 * The share of `amount` in `base` in per cent with one decimal, rounded half up: `40.0%`. Without a
 * base, or without an amount, `0.0%` as on the leaflet. `public/js/application.js` does the same.
 */
export function ratioText(amount: number | undefined, base: number | undefined): string {
  if (amount === undefined || base === undefined) return '0.0%'
  // Sums have twelve digits at most: all products stay exact.
  const permille = Math.floor((2 * amount * 1000 + base) / (2 * base))
  return `${Math.floor(permille / 10)}.${permille % 10}%`
}

/** Whether `amount` is more than `percent` of `base`. */
export function isAbove(amount: number, base: number, percent: number): boolean {
  return amount * 100 > base * percent
}
