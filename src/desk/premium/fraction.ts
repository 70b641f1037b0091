/** An exact share of yen; `d` is above zero. Money is never a float. */
export interface Fraction {
  n: bigint
  d: bigint
}

export const PPM = 1_000_000n

export function whole(yen: number | bigint): Fraction {
  return { n: BigInt(yen), d: 1n }
}

export function times({ n, d }: Fraction, numerator: number | bigint, denominator = 1n): Fraction {
  return { n: n * BigInt(numerator), d: d * denominator }
}

function plus(a: Fraction, b: Fraction): Fraction {
  return { n: a.n * b.d + b.n * a.d, d: a.d * b.d }
}

export function sum(parts: readonly Fraction[]): Fraction {
  return parts.reduce(plus, whole(0))
}

export interface Rounding {
  /** Yen: 1, 10 or 100. */
  unit: number
  mode: 'down' | 'up' | 'half_up'
}

/** Whole units of yen; a sum below zero is rounded as the sum that is given back. */
export function rounded(sum: Fraction, rounding: Rounding): bigint {
  if (sum.n < 0n) return -rounded({ n: -sum.n, d: sum.d }, rounding)
  const unit = BigInt(rounding.unit)
  const divisor = sum.d * unit
  const whole = sum.n / divisor
  const rest = sum.n % divisor
  const more =
    rounding.mode === 'up' ? rest > 0n : rounding.mode === 'half_up' && rest * 2n >= divisor
  return (whole + (more ? 1n : 0n)) * unit
}

/** Yen with as many decimals as a rate in ppm can bring forth, six; `12000`, `0.003`. */
export function decimal({ n, d }: Fraction): string {
  const micro = (n * PPM) / d
  const fraction = (micro % PPM).toString().padStart(6, '0').replace(/0+$/, '')
  return `${micro / PPM}${fraction && `.${fraction}`}`
}
