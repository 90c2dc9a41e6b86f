export interface Measure {
  readonly number: number
  /** What stands behind the number; '' = nothing. */
  readonly unit: string
}

/** A number with a decimal point or comma, and perhaps a unit of a few characters: `23.5`, `23,5 °C`, `-4e2 kWh`. */
const shape = /^\s*([+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d+)?)\s*([^\d\s.,][^\d]{0,15})?\s*$/u

/** The number that a text says; null = it says something else. */
export const readMeasure = (text: string): Measure | null => {
  if (text.length > 100) return null
  const [, digits, unit = ''] = shape.exec(text) ?? []
  if (digits === undefined) return null
  const number = Number(digits.replace(',', '.'))
  return Number.isFinite(number) ? { number, unit: unit.trim() } : null
}
