import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { PayloadNode } from '#shared/encoding/payloadNode'
import type { SchemaFinding } from '#shared/jsonSchema/finding'
import { wayOnPath } from '../../../decode/tree/nodeChildren'
import { useFindingText } from '../../../mqttUi/useFindingText'

/** What a row says of the schema: why its value does not conform, or that one inside of it does not. */
export interface FindingMark {
  readonly text: string
  readonly isInside: boolean
}

/** By the way to a node, as its row has it. */
export const useFindingMarks = (
  root: PayloadNode,
  findings: readonly SchemaFinding[],
): ReadonlyMap<string, FindingMark> => {
  const t = useTranslations('inspector.tree')
  const findingText = useFindingText()
  return useMemo(() => {
    const marks = new Map<string, FindingMark>()
    for (const finding of findings) {
      const way = wayOnPath(root, finding.path)
      const key = way.join('.')
      const known = marks.get(key)
      const text = findingText(finding)
      marks.set(key, { text: known && !known.isInside ? `${known.text}\n${text}` : text, isInside: false })
      for (let depth = 0; depth < way.length; depth += 1) {
        const around = way.slice(0, depth).join('.')
        if (!marks.has(around)) marks.set(around, { text: t('differsInside'), isInside: true })
      }
    }
    return marks
  }, [root, findings, findingText, t])
}
