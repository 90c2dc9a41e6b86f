import type { DecodedAs } from '#shared/decoding/decodeAs'
import type { DecodingReason } from '#shared/encoding/decodingFault'
import { rootOf } from '#shared/encoding/decodedRoot'
import { nodeJson } from '#shared/encoding/nodeJson'
import type { PayloadNode } from '#shared/encoding/payloadNode'
import type { SchemaDocument } from '#shared/jsonSchema/schemaDocument'
import { decodeUtf8 } from '#shared/mqtt/utf8'
import { checkAgainst } from './checkText'

/** `unchecked` = whether it conforms is not known: it was too large, or looking at it was given up. */
export type PayloadVerdict = 'conforms' | 'differs' | 'unchecked'

/** Limits, which say nothing of the payload. */
const limits: readonly DecodingReason[] = ['tooDeep', 'tooMany', 'tooLarge', 'unknownType']

/** Whether a payload that nothing decodes (null), or what became of it, conforms to a JSON Schema. What is no JSON does not. */
export const checkPayload = (
  document: SchemaDocument,
  payload: Uint8Array,
  decoded: DecodedAs | null,
): PayloadVerdict => {
  if (decoded && !decoded.ok) return limits.includes(decoded.reason) ? 'unchecked' : 'differs'
  const text = decoded ? decodedText(decoded.nodes) : plainText(payload)
  if (text === null) return 'unchecked'
  const { outcome } = checkAgainst(document, text)
  if (outcome === 'conforms') return 'conforms'
  return outcome === 'differs' || outcome === 'noJson' ? 'differs' : 'unchecked'
}

/** Decoded values as the JSON that is held against a schema; null = it would be too long. Of no values it is empty, and no JSON. */
export const decodedText = (nodes: readonly PayloadNode[]): string | null => {
  const root = rootOf(nodes)
  return root === null ? '' : nodeJson(root)
}

/** A payload that is read as it is, without the byte order mark that may stand in front of JSON. */
export const plainText = (payload: Uint8Array): string => decodeUtf8(payload).replace(/^\uFEFF/, '')
