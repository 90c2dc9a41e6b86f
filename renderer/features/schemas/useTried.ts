import { useMemo, useState } from 'react'
import { parseBase64, parseHex } from '#shared/mqtt/payloadText'
import { topicNameProblem, type TopicProblem } from '#shared/mqtt/topicFilter'
import { encodeUtf8 } from '#shared/mqtt/utf8'
import { isHead } from '../../model/messageLog/payloadHead'
import type { Connection } from '../../state/app'
import type { TriedMessage } from '../../state/decoded'
import { messagesState } from '../../state/messages'
import { selectionState, selectSelectedSequence, selectSelectedTopic } from '../../state/selection'
import { useConnection, useConnectionObject } from '../../state/useConnection'

/** Where the payload comes from: a message of the topic, or what was pasted in one of these forms. */
export const payloadSources = ['message', 'text', 'hex', 'base64'] as const
type PayloadSource = (typeof payloadSources)[number]

export interface Tried {
  readonly topic: string
  readonly problem: TopicProblem | null
  /** It was typed, and is not what is selected. */
  readonly isTyped: boolean
  readonly isSound: boolean
  /** Null = the selected one again. */
  readonly onType: (topic: string | null) => void
  readonly source: PayloadSource
  readonly onSource: (source: PayloadSource) => void
  readonly pasted: string
  readonly onPaste: (pasted: string) => void
  /** What was pasted is not in the form that was chosen. */
  readonly isPastedWrong: boolean
  /** `none` = the topic has no message in the log; `head` = not all of its payload is here. */
  readonly missing: 'none' | 'head' | null
  readonly message: TriedMessage | null
}

/** The topic and the payload that are tried: of what is selected, or what a person types and pastes. */
export const useTried = (): Tried => {
  const connection = useConnectionObject()
  const [typed, setTyped] = useState<string | null>(null)
  const [source, setSource] = useState<PayloadSource>('message')
  const [pasted, setPasted] = useState('')
  const sequence = useConnection(selectionState, selectSelectedSequence)
  const row = useConnection(selectionState, selectSelectedTopic)
  const selected = useMemo(
    () => (sequence === null ? row : (connection.model.log.messageOf(sequence)?.topic ?? row)),
    [connection, sequence, row],
  )
  const topic = typed ?? selected ?? ''
  const problem = topic === '' ? null : topicNameProblem(topic)
  const isSound = topic !== '' && problem === null
  const kept = useMessageOf(connection, { topic: isSound ? topic : '', sequence: typed === null ? sequence : null })
  const bytes = useMemo(() => bytesOf(source, pasted), [source, pasted])
  const written = useMemo(
    () => (bytes && bytes.length > 0 && isSound ? { topic, payload: bytes, properties: new Uint8Array() } : null),
    [bytes, topic, isSound],
  )
  const missing = source !== 'message' || !isSound ? null : kept === null ? 'none' : isHead(kept) ? 'head' : null
  return {
    topic,
    problem,
    isSound,
    source,
    pasted,
    missing,
    isTyped: typed !== null,
    onType: setTyped,
    onSource: setSource,
    onPaste: setPasted,
    isPastedWrong: source !== 'message' && bytes === null,
    message: source === 'message' ? (missing === null ? kept : null) : written,
  }
}

interface Wanted {
  readonly topic: string
  /** Null = the last one of the topic. */
  readonly sequence: number | null
}

/** A message of the topic; the same object as long as it is the same one. */
const useMessageOf = ({ model }: Connection, { topic, sequence }: Wanted) => {
  const wanted = useConnection(messagesState, () => {
    if (topic === '') return null
    const chosen = sequence === null ? null : model.log.messageOf(sequence)
    return (chosen?.topic === topic ? chosen : model.log.latestOf(topic))?.sequence ?? null
  })
  return useMemo(() => {
    if (wanted === null) return null
    const latest = model.log.latestOf(topic)
    return latest?.sequence === wanted ? latest : model.log.messageOf(wanted)
  }, [model, topic, wanted])
}

const bytesOf = (source: PayloadSource, pasted: string): Uint8Array | null => {
  if (source === 'message') return null
  if (source === 'text') return encodeUtf8(pasted)
  const parsed = source === 'hex' ? parseHex(pasted) : parseBase64(pasted)
  return parsed.ok ? parsed.bytes : null
}
