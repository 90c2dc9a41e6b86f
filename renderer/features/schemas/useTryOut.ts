import { useEffect, useRef, useState } from 'react'
import type { PayloadRule } from '#shared/model/payloadRule'
import { decodedState, type Decoded, type TriedMessage } from '../../state/decoded'
import { payloadRulesState } from '../../state/payloadRules'
import { useApp } from '../../state/useApp'
import { useConnectionObject } from '../../state/useConnection'

/** What became of a payload; null = nothing says how it is decoded. */
export interface TriedOut {
  readonly of: TriedMessage
  readonly decoded: Decoded | null
}

/** Decodes a message by the rules, or by one that is still written; null = there is none, or it is not decoded yet. */
export const useTryOut = (message: TriedMessage | null, rule?: PayloadRule): TriedOut | null => {
  const connection = useConnectionObject()
  const rules = useApp(payloadRulesState, (state) => state.rules)
  const schemas = useApp(payloadRulesState, (state) => state.schemas)
  const [out, setOut] = useState<TriedOut | null>(null)
  const asked = useRef(0)
  const answered = useRef(0)
  useEffect(() => {
    const number = ++asked.current
    if (message === null) return
    // Messages may come faster than they are decoded: each answer counts that is newer than the one shown.
    void connection
      .get(decodedState)
      .tryOut(message, rule)
      .then((decoded) => {
        if (number < answered.current) return
        answered.current = number
        setOut({ of: message, decoded })
      })
  }, [connection, message, rule, rules, schemas])
  return message !== null && out?.of.topic === message.topic ? out : null
}
