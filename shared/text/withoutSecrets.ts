/** A mark for what is left out. */
const hidden = '…'

const scheme = '(?:mqtts?|wss?|tcp|ssl|tls)'
/** Where the credentials of an address may begin, also with its signs written as %3A and %2F. */
const slashes = /(?:\/|\\|%2f|%5c){2}/i
const schemeAlone = new RegExp(`^\\W*${scheme}(?::|%3a)(?:[/\\\\]|%2f)*`, 'i')
const colon = /:|%3a/gi
const at = /@|%40/gi

/**
 * An address as it may be shown: everything between the first : of its credentials and its last @ is hidden, and so is
 * what stands behind a ? or #. Takes anything a person may have typed: malformed, with several @, with signs written as
 * %3A or %40, without a host, without a scheme.
 */
export const addressWithoutSecrets = (text: string): string => {
  const end = startOfLast(text, at)
  const start = credentialsStart(text)
  const colonEnd = endOfFirst(text, colon, start)
  if (end >= 0) {
    const from = colonEnd >= 0 && colonEnd <= end ? colonEnd : slashes.test(text) ? -1 : endOfFirst(text, colon, 0)
    return from < 0 || from > end
      ? withoutQuery(text)
      : `${text.slice(0, from)}${hidden}${withoutQuery(text.slice(end))}`
  }
  // The host is missing: what is no port may be a password.
  const isHost = colonEnd < 0 || start === 0 || isBracketed(text, start) || isPort(text.slice(colonEnd))
  return isHost ? withoutQuery(text) : `${text.slice(0, colonEnd)}${hidden}`
}

const brokerAddress = new RegExp(`\\b${scheme}(?::|%3a)(?:[/\\\\]|%2f){1,2}.*(?:@|%40)`, 'gis')
const anyAddress = /\b[a-z][a-z0-9+.-]*:\/\/\S*@/gi
const brokerQuery = new RegExp(`\\b(${scheme}:\\/\\/[^\\s?#"']*[?#])[^\\s"']+`, 'gi')

/**
 * A text for a log or a terminal, with what addresses in it hold of passwords hidden. A broker's address reaches to the
 * text's last @, because a password may hold anything, spaces too: rather too much is hidden than too little.
 */
export const withoutSecrets = (text: string): string =>
  text
    .replace(brokerAddress, addressWithoutSecrets)
    .replace(anyAddress, addressWithoutSecrets)
    .replace(brokerQuery, `$1${hidden}`)

const endOfFirst = (text: string, pattern: RegExp, from: number): number => {
  pattern.lastIndex = from
  const found = pattern.exec(text)
  return found ? found.index + found[0].length : -1
}

const startOfLast = (text: string, pattern: RegExp): number =>
  [...text.matchAll(pattern)].reduce((last, { index }) => Math.max(last, index), -1)

const credentialsStart = (text: string): number => {
  const found = slashes.exec(text) ?? schemeAlone.exec(text)
  return found ? found.index + found[0].length : 0
}

/** A port and what follows it, which a colon without an @ stands in front of. */
const isPort = (text: string) => /^\d{0,6}(?:$|[/?#"'\s])/.test(text)

const withoutQuery = (text: string): string => text.replace(/([?#]).*$/s, `$1${hidden}`)

const isBracketed = (text: string, from: number) => /^\W*\[[^@]*$/.test(text.slice(from))
