import { useDeferredValue, useMemo } from 'react'
import type { Rounded } from '#shared/encoding/encodedJson'
import { bytesFromText } from '#shared/encoding/payloadInFormat'
import { isSentAsText, payloadProblem, type PayloadProblem } from '#shared/model/composing'
import type { PayloadFormat } from '#shared/model/publish'
import { utf8Length } from '#shared/mqtt/topicFilter'
import type { Composed } from '../../../state/composerRequest'

export interface PayloadFacts {
  /** What was looked at. */
  readonly text: string
  readonly problem: PayloadProblem | null
  readonly rounded: Rounded | null
  /** How many are sent; null = it is not known. */
  readonly bytes: number | null
}

/** Looked at after the key was drawn: a payload of megabytes does not slow the typing. */
export const usePayloadFacts = ({ payload, format, isTemplate }: Composed): PayloadFacts => {
  const text = useDeferredValue(payload)
  return useMemo(
    // The bytes of a template are known when it is rendered.
    () => (isTemplate ? { text, problem: null, rounded: null, bytes: null } : payloadFacts(text, format)),
    [text, format, isTemplate],
  )
}

const payloadFacts = (text: string, format: PayloadFormat): PayloadFacts => {
  if (isSentAsText(format))
    return { text, problem: payloadProblem({ payload: text, format }), rounded: null, bytes: utf8Length(text) }
  const read = bytesFromText(text, format)
  if (read.ok) return { text, problem: null, rounded: read.rounded ?? null, bytes: read.bytes.length }
  const problem = { code: read.problem, position: read.position, detail: read.detail ?? '' }
  return { text, problem, rounded: null, bytes: null }
}
