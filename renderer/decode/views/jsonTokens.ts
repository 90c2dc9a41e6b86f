import type { LineToken } from '../payloadView'

const tokenPattern = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d[\d.eE+-]*)|(true|false|null)/g

/** The tokens of one line of laid-out JSON, for colours only. Together they are the line. */
export const jsonTokens = (line: string): LineToken[] => {
  const tokens: LineToken[] = []
  let from = 0
  const plainTo = (end: number) => {
    if (end > from) tokens.push({ kind: 'plain', text: line.slice(from, end) })
  }
  for (const match of line.matchAll(tokenPattern)) {
    const [, string, colon, number] = match
    plainTo(match.index)
    const text = string ?? match[0]
    tokens.push({ kind: string ? (colon ? 'key' : 'string') : number ? 'number' : 'word', text })
    from = match.index + text.length
  }
  plainTo(line.length)
  return tokens
}
