import { useMemo } from 'react'
import { fileNameOf } from '#shared/model/schemaFileName'
import type { SchemaFinding } from '#shared/jsonSchema/finding'
import { decodedText, plainText } from '../../../model/schemaCheck/checkPayload'
import type { Decoded } from '../../../state/decoded'
import { useJsonSchemaFor, useSchema } from '../../../state/payloadRules'
import { useSchemaCheck } from '../../../state/useSchemaCheck'

/** What became of the payload that is shown when it was held against the JSON Schema of its topic. */
export interface HeldPayload {
  /** Of the schema, without its folder. */
  readonly file: string
  readonly outcome: 'conforms' | 'differs' | 'noJson' | 'undecoded' | 'unreadable' | 'needsAll' | 'limit'
  /** The first places that do not conform, and how many there are. */
  readonly findings: readonly SchemaFinding[]
  readonly count: number
}

interface Held {
  readonly topic: string
  /** Null = only the head of the payload is here. */
  readonly whole: Uint8Array | null
  readonly decoded: Decoded | null
  readonly isOutgoing: boolean
}

/** Null = no schema is bound to the topic, or it is not known yet what to say. Nothing is checked on the page's thread. */
export const useHeldPayload = ({ topic, whole, decoded, isOutgoing }: Held): HeldPayload | null => {
  const bound = useJsonSchemaFor(isOutgoing ? '' : topic)
  const schema = useSchema(bound)
  const isBound = bound !== null
  const text = useMemo(() => (isBound && whole ? textOf(whole, decoded) : null), [isBound, whole, decoded])
  const checked = useSchemaCheck(schema?.status === 'jsonSchema' ? schema.text : null, text ?? '')?.checked
  return useMemo(() => {
    if (!bound || !schema || schema.status === 'loading' || decoded?.status === 'waiting') return null
    const said = (outcome: HeldPayload['outcome']) => ({
      file: fileNameOf(bound.path),
      outcome,
      findings: [],
      count: 0,
    })
    if (schema.status !== 'jsonSchema') return said('unreadable')
    if (!whole) return said('needsAll')
    if (decoded?.status === 'failed') return said('undecoded')
    if (text === null) return said('limit')
    if (text === '') return said('noJson')
    if (!checked) return null
    if (checked.outcome === 'differs') return { ...said('differs'), findings: checked.findings, count: checked.count }
    return said(checked.outcome === 'conforms' || checked.outcome === 'noJson' ? checked.outcome : 'limit')
  }, [bound, schema, decoded, whole, text, checked])
}

/** Null = it is too long. */
const textOf = (whole: Uint8Array, decoded: Decoded | null): string | null =>
  decoded?.status === 'decoded' ? decodedText(decoded.nodes) : plainText(whole)
