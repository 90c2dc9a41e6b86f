const longest = 200

/** A topic or filter for a sentence: a very long one is cut, and how many characters are left out is appended. */
export const brief = (text: string): string =>
  text.length <= longest ? text : `${text.slice(0, longest)}… (+${text.length - longest})`
