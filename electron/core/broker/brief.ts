const longest = 200

/** A topic or filter for a sentence: of a very long one the beginning, and how much is left out. */
export const brief = (text: string): string =>
  text.length <= longest ? text : `${text.slice(0, longest)}… (+${text.length - longest})`
