/** A number, and behind it at most a unit: no digit, and no more than two words. */
const shape =
  /^\s*([+-]?(?:\d+(?:[.,]\d+)?|[.,]\d+)(?:[eE][+-]?\d+)?)\s*([^\d\s:;,/-][^\d\s]{0,11}(?:\s[^\d\s]{1,8})?)?\s*$/u

/** The number that a text says, such as `23.5`, `23,5 °C` or `-4 dBm`; NaN = it says none. A comma is a decimal one. */
export const writtenNumber = (text: string): number => {
  const number = text.length > 64 ? undefined : shape.exec(text)?.[1]
  return number === undefined ? NaN : Number(number.replace(',', '.'))
}

/** What stands behind the number; '' = nothing. */
export const writtenUnit = (text: string): string => (text.length > 64 ? '' : (shape.exec(text)?.[2] ?? ''))
