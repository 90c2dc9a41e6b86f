/** Goes back by one where a cut there would part a character of two UTF-16 units. */
export const characterStart = (text: string, index: number): number => (endsPair(text, index) ? index - 1 : index)

/** How many characters there are from a place on; those of two UTF-16 units count once. */
export const characterCount = (text: string, from = 0): number => {
  let count = text.length - from
  for (let index = from + 1; index < text.length; index++) if (endsPair(text, index)) count--
  return count
}

/** The end of the text, at most `limit` characters of it, behind an ellipsis. Not made visible. */
export const endOf = (text: string, limit: number): string => {
  const characters = Array.from(text.slice(characterStart(text, Math.max(0, text.length - 2 * limit - 2))))
  const shown = characters.slice(-limit).join('')
  return shown.length < text.length ? `…${shown}` : text
}
const isLowSurrogate = (unit: number) => (unit & 0xfc00) === 0xdc00

/** Whether a character of two UTF-16 units ends with this one. */
const endsPair = (text: string, index: number): boolean =>
  index > 0 && isLowSurrogate(text.charCodeAt(index)) && (text.charCodeAt(index - 1) & 0xfc00) === 0xd800
