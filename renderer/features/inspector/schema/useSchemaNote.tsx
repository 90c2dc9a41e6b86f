import { useState, type ReactNode } from 'react'
import type { SchemaFinding } from '#shared/jsonSchema/finding'
import type { MessageView } from '../../../model/messageLog/messageLogChunk'
import type { Decoded } from '../../../state/decoded'
import { useApp } from '../../../state/useApp'
import { inspectorState } from '../inspectorState'
import type { WantedFinding } from '../tree/PayloadTree'
import { SchemaNote } from './SchemaNote'
import { useHeldPayload } from './useHeldPayload'

interface ShownPayload {
  readonly message: MessageView
  /** Null = only the head of the payload is here. */
  readonly whole: Uint8Array | null
  readonly decoded: Decoded | null
}

interface SchemaOfPayload {
  readonly note: ReactNode
  readonly findings: readonly SchemaFinding[]
  /** What a person asked to see in the tree last. */
  readonly wanted: WantedFinding | null
}

const noFindings: readonly SchemaFinding[] = []

/** What the JSON Schema of the topic has to say of the payload that is shown. A place that is chosen is shown in the tree. */
export const useSchemaNote = ({ message, whole, decoded }: ShownPayload): SchemaOfPayload => {
  const { topic, outgoing, payloadBytes } = message
  const held = useHeldPayload({ topic, whole, decoded, isOutgoing: outgoing })
  const chooseView = useApp(inspectorState, (state) => state.chooseView)
  const [wanted, want] = useState<WantedFinding | null>(null)
  const show = (finding: SchemaFinding) => {
    chooseView(topic, 'tree')
    want({ finding })
  }
  return {
    note: held && payloadBytes > 0 ? <SchemaNote held={held} topic={topic} onGo={show} /> : null,
    findings: held?.findings ?? noFindings,
    wanted,
  }
}
