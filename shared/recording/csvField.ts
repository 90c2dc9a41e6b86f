/** What a spreadsheet takes for a formula; a number with its sign is none. */
const startsFormula = /^'*[=+\-@\t\r]/
const isNumber = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/

/** A field as RFC 4180 has it. What a spreadsheet would run gets a `'` before it, which it shows as text. */
export const csvField = (text: string): string => {
  const safe = startsFormula.test(text) && !isNumber.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe
}

export const withoutFormulaMark = (field: string): string => (/^'+[=+\-@\t\r]/.test(field) ? field.slice(1) : field)
