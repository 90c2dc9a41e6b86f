/** Characters of a broker's text that are shown; more would push everything else out of view. */
const mostCharacters = 1_000

/** The text, or its beginning and how much there is of it. */
export const shortenedText = (text: string): string =>
  text.length <= mostCharacters ? text : `${text.slice(0, mostCharacters)} … (+${text.length - mostCharacters})`
