import { useEffect, useState } from 'react'
import type { CheckedText } from '../model/schemaCheck/checkText'
import { useAppObject } from './useApp'

/** What was found of a text. */
export interface SchemaChecked {
  readonly text: string
  readonly checked: CheckedText
}

/** Characters: longer texts are looked at when nothing was typed for a moment. */
const mostAtOnce = 64 * 2 ** 10
const pauseMs = 300

/** Null = nothing is known of this text yet, or there is nothing to check. Nothing of it happens on the page's thread. */
export const useSchemaCheck = (schema: string | null, text: string): SchemaChecked | null => {
  const { schemaChecker } = useAppObject()
  const [known, setKnown] = useState<(SchemaChecked & { readonly schema: string }) | null>(null)
  useEffect(() => {
    if (schema === null || text === '') return undefined
    const withdrawn = new AbortController()
    const begin = () =>
      void schemaChecker.check({ schema, text }, withdrawn.signal).then((checked) => {
        if (checked && !withdrawn.signal.aborted) setKnown({ schema, text, checked })
      })
    const timer = text.length > mostAtOnce ? setTimeout(begin, pauseMs) : null
    if (timer === null) begin()
    return () => {
      withdrawn.abort()
      if (timer !== null) clearTimeout(timer)
    }
  }, [schemaChecker, schema, text])
  return schema !== null && known?.schema === schema && known.text === text ? known : null
}
