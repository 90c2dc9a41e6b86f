import { exactNumber, exactText } from '#shared/json/exactNumber'
import type { JsonNode } from '#shared/json/jsonTree'

/** The same text for values that JSON Schema calls equal: numbers by value, objects whatever the order of their keys. */
export const valueKey = (node: JsonNode): string => {
  switch (node.kind) {
    case 'constant':
      return String(node.value)
    case 'number':
      return exactText(exactNumber(node.digits))
    case 'text':
      return JSON.stringify(node.text)
    case 'list':
      return `[${node.items.map(valueKey).join(',')}]`
    case 'map': {
      const members = new Map(node.members.map(({ key, value }) => [key, value]))
      const sorted = [...members].toSorted(([a], [b]) => (a < b ? -1 : 1))
      return `{${sorted.map(([key, value]) => `${JSON.stringify(key)}:${valueKey(value)}`).join(',')}}`
    }
  }
}
