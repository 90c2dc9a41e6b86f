import { hexDigits } from '#shared/mqtt/payloadText'
import type { PayloadNode } from './payloadNode'

/** No text is longer: the caller asked for one to look at, or to keep. */
const mostCharacters = 2 ** 26

/**
 * A node as JSON on one line; null = it would be too long. Numbers have all digits. What JSON has not is `{"$hex": "00ff"}` for bytes,
 * `{"$float": "NaN"}`, `{"$undefined": true}`, `{"$simple": 99}`, `{"$tag": [1, value]}`, `{"$ext": [5, "00ff"]}`. Messages with a form of their own in JSON
 * (a time, a duration) are that text.
 */
export const nodeJson = (node: PayloadNode): string | null => {
  const pieces: string[] = []
  let length = 0
  const say = (piece: string): boolean => {
    pieces.push(piece)
    length += piece.length
    return length <= mostCharacters
  }
  const sayAll = <T>(marks: string, items: readonly T[], sayItem: (item: T) => boolean): boolean =>
    say(marks.charAt(0)) &&
    items.every((item, index) => (index === 0 || say(',')) && sayItem(item)) &&
    say(marks.charAt(1))
  const sayNode = (one: PayloadNode): boolean => {
    if (one.kind === 'list') return sayAll('[]', one.items, sayNode)
    if (one.kind === 'tagged') return say(`{"$tag":[${one.tag},`) && sayNode(one.content) && say(']}')
    if (one.kind !== 'map') return say(scalarJson(one))
    if (one.reading !== undefined) return say(JSON.stringify(one.reading))
    return sayAll('{}', one.members, ({ name, value }) => say(`${JSON.stringify(name)}:`) && sayNode(value))
  }
  return sayNode(node) ? pieces.join('') : null
}

const scalarJson = (node: Exclude<PayloadNode, { kind: 'list' | 'map' | 'tagged' }>): string => {
  switch (node.kind) {
    case 'number':
      return /^-?\d/.test(node.digits) ? node.digits : `{"$float":"${node.digits}"}`
    case 'constant':
      return String(node.value)
    case 'undefined':
      return '{"$undefined":true}'
    case 'simple':
      return `{"$simple":${node.code}}`
    case 'text':
    case 'symbol':
      return JSON.stringify(node.text)
    case 'bytes':
      return `{"$hex":"${hexDigits(node.bytes)}"}`
    case 'extension':
      return `{"$ext":[${node.code},"${hexDigits(node.bytes)}"]}`
  }
}
