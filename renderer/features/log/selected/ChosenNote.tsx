import { useCallback, useState } from 'react'
import { useTranslations } from 'use-intl'
import { chosenCount, sumPayloads, type PayloadSum } from '../../../state/chosenMessages'
import { selectionState } from '../../../state/selection'
import { useConnection, useConnectionObject } from '../../../state/useConnection'
import { useSlicedWork } from '../../../state/useSlicedWork'
import { formatBytes, formatCount } from '../../../ui/format'
import styles from '../log.module.css'

/** What of a frame the adding up may take. */
const sliceMs = 4

/** How many messages are chosen, once they are more than one, and how large their payloads are together. */
export function ChosenNote() {
  const t = useTranslations('log')
  const connection = useConnectionObject()
  const chosen = useConnection(selectionState, (state) => state.chosen)
  const [sum, setSum] = useState<{ readonly of: unknown; readonly bytes: number } | null>(null)
  const count = chosenCount(connection)
  const work = useCallback(() => {
    const adding = sums.get(chosen) ?? sumPayloads(connection)
    sums.set(chosen, adding)
    const sliceEnd = performance.now() + sliceMs
    while (adding.advance()) if (performance.now() > sliceEnd) return true
    setSum({ of: chosen, bytes: adding.bytes() })
    return false
  }, [connection, chosen])
  useSlicedWork(work)
  if (count < 2) return null
  const size = sum?.of === chosen ? formatBytes(sum.bytes) : '…'
  return (
    <span role="status" className={styles.chosen} data-chosen={count}>
      {t('chosen', { count: formatCount(count), size })}
    </span>
  )
}

/** What is being added up, by what was chosen. */
const sums = new WeakMap<object, PayloadSum>()
