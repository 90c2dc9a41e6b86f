/** A number of JSON with every digit: `coefficient` × 10^`exponent`. No zeros stand at the end of the coefficient. */
export interface ExactNumber {
  readonly coefficient: bigint
  readonly exponent: number
}

const shape = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/

/** Takes what RFC 8259 calls a number. */
export const exactNumber = (digits: string): ExactNumber => {
  const [, sign = '', whole = '0', fraction = '', power = '0'] = shape.exec(digits) ?? []
  const written = (whole + fraction).replace(/^0+(?=\d)/, '')
  const kept = written.replace(/0+$/, '')
  if (kept === '') return { coefficient: 0n, exponent: 0 }
  const exponent = Number(power) - fraction.length + (written.length - kept.length)
  return { coefficient: BigInt(sign + kept), exponent }
}

export const isWhole = ({ exponent }: ExactNumber): boolean => exponent >= 0

/** Below 0 where `a` is the smaller one. */
export const compareExact = (a: ExactNumber, b: ExactNumber): number => {
  const bySign = signOf(a) - signOf(b)
  if (bySign !== 0 || a.coefficient === 0n) return bySign
  const byMagnitude = magnitudeOf(a) - magnitudeOf(b)
  // As many digits before the point: the exponents differ by no more than the digits that are written.
  if (byMagnitude !== 0) return byMagnitude * signOf(a)
  const least = Math.min(a.exponent, b.exponent)
  const difference = scaled(a, least) - scaled(b, least)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

/** Whether `a` is a whole number of times `b`, which is not zero. */
export const isMultipleOf = (a: ExactNumber, b: ExactNumber): boolean => {
  if (a.coefficient === 0n) return true
  const powers = a.exponent - b.exponent
  const divisor = b.coefficient < 0n ? -b.coefficient : b.coefficient
  if (powers >= 0) return (a.coefficient * powerModulo(powers, divisor)) % divisor === 0n
  // A coefficient that ends in no zero is no multiple of a power of ten.
  return -powers < magnitudeDigits(a) && a.coefficient % (divisor * 10n ** BigInt(-powers)) === 0n
}

/** The same text for the same number, however it is written. */
export const exactText = ({ coefficient, exponent }: ExactNumber): string => `${coefficient}e${exponent}`

const signOf = ({ coefficient }: ExactNumber) => (coefficient < 0n ? -1 : coefficient > 0n ? 1 : 0)

const magnitudeDigits = ({ coefficient }: ExactNumber) =>
  (coefficient < 0n ? -coefficient : coefficient).toString().length

const magnitudeOf = (number: ExactNumber) => magnitudeDigits(number) + number.exponent

const scaled = ({ coefficient, exponent }: ExactNumber, to: number) => coefficient * 10n ** BigInt(exponent - to)

/** 10^power modulo a number, which stays small for whatever power is written. */
const powerModulo = (power: number, modulus: bigint): bigint => {
  let result = 1n
  let base = 10n
  for (let left = power; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result = (result * base) % modulus
    base = (base * base) % modulus
  }
  return result
}
