import { useDeferredValue, useEffect, useMemo, useState } from 'react'
import type { Rounded } from '#shared/encoding/encodedJson'
import { bytesFromText, isEncoding, isSchemaFormat, type SchemaWriter } from '#shared/encoding/payloadInFormat'
import { isSentAsText, payloadProblem, problemOf, type PayloadProblem } from '#shared/model/composing'
import type { PayloadFormat } from '#shared/model/publish'
import { beginJson, type JsonProblem } from '#shared/mqtt/prettyJson'
import { utf8Length } from '#shared/mqtt/topicFilter'
import { encodeUtf8 } from '#shared/mqtt/utf8'
import { useSchemaWriters } from '../../../state/schemaWriters'
import type { Composed } from '../../../state/composerRequest'

export interface PayloadFacts {
  /** What was looked at. */
  readonly text: string
  readonly problem: PayloadProblem | null
  readonly rounded: Rounded | null
  /** How many are sent; null = it is not known. */
  readonly bytes: number | null
}

/** Characters: longer texts are looked at piece by piece, when nothing was typed for a moment. */
const mostAtOnce = 256 * 2 ** 10
const pauseMs = 300
/** Read in a few milliseconds. */
const tokensAtOnce = 10_000

/** Looked at after the key was drawn: a payload of megabytes does not slow the typing. */
export const usePayloadFacts = ({ topic, payload, format, isTemplate = false }: Composed): PayloadFacts => {
  const writers = useSchemaWriters()
  const writer = useMemo(() => (isSchemaFormat(format) ? writers(topic, format) : null), [writers, topic, format])
  const text = useDeferredValue(payload)
  const isLong = text.length > mostAtOnce
  // The bytes of a template are known when it is rendered.
  const atOnce = useMemo(
    () => (isTemplate || isLong ? nothingKnown(text) : payloadFacts(text, format, writer)),
    [text, format, writer, isTemplate, isLong],
  )
  const later = useFactsOfLong(isLong && !isTemplate ? text : null, format)
  return later ?? atOnce
}

const nothingKnown = (text: string): PayloadFacts => ({ text, problem: null, rounded: null, bytes: null })

/** Null = none are known yet of this text. */
const useFactsOfLong = (text: string | null, format: PayloadFormat): PayloadFacts | null => {
  const [known, setKnown] = useState<{ readonly format: PayloadFormat; readonly facts: PayloadFacts } | null>(null)
  useEffect(() => {
    if (text === null) return undefined
    const json = format === 'json' || isEncoding(format) || isSchemaFormat(format) ? beginJson(text) : null
    const goOn = () => {
      const problem = json ? json.advance(tokensAtOnce) : null
      if (problem === 'more') timer = setTimeout(goOn)
      else setKnown({ format, facts: json ? jsonFacts(text, format, problem) : payloadFacts(text, format, null) })
    }
    let timer = setTimeout(goOn, pauseMs)
    return () => clearTimeout(timer)
  }, [text, format])
  return text !== null && known?.facts.text === text && known.format === format ? known.facts : null
}

/** To encode megabytes takes longer than a key may: that is done when they are looked at or sent. */
const jsonFacts = (text: string, format: PayloadFormat, found: JsonProblem | null): PayloadFacts => ({
  text,
  problem: found && { code: 'json', ...found },
  rounded: null,
  bytes: isEncoding(format) || isSchemaFormat(format) ? null : encodeUtf8(text).length,
})

const payloadFacts = (text: string, format: PayloadFormat, writer: SchemaWriter | null): PayloadFacts => {
  if (isSentAsText(format))
    return {
      text,
      problem: payloadProblem({ topic: '', payload: text, format }),
      rounded: null,
      bytes: utf8Length(text),
    }
  const read = bytesFromText(text, format, writer)
  if (read.ok) return { text, problem: null, rounded: read.rounded ?? null, bytes: read.bytes.length }
  return { text, problem: problemOf(read), rounded: null, bytes: null }
}
