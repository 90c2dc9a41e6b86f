import { useEffect, useLayoutEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { filterRemarks } from '#shared/mqtt/filterRemarks'
import { topicFilterProblem } from '#shared/mqtt/topicFilter'
import styles from './mqttUi.module.css'

/** Milliseconds without a key after which a slash at the end is no longer one that ends a level being typed. */
const pauseMs = 600

interface FilterRemarksProps {
  readonly id: string
  readonly filter: string
  /** Whether something stands there, for whoever makes room for it. */
  readonly onShown?: (isShown: boolean) => void
}

/** Stands below a field: what of a valid filter is perhaps a slip. Nothing forbids it, so it interrupts nobody. */
export function FilterRemarks({ id, filter, onShown }: FilterRemarksProps) {
  const t = useTranslations('filterRemarks')
  const before = remarksOf(usePaused(filter))
  const remarks = remarksOf(filter).filter((code) => before.includes(code))
  const isShown = remarks.length > 0
  useLayoutEffect(() => onShown?.(isShown), [onShown, isShown])
  if (!isShown) return null
  return (
    <p id={id} className={styles.remarks} data-part="remarks">
      {remarks.map((code) => t(code)).join(' ')}
    </p>
  )
}

const remarksOf = (filter: string) => (topicFilterProblem(filter) ? [] : filterRemarks(filter))

/** The text as it was when the typing paused last. */
const usePaused = (text: string): string => {
  const [paused, setPaused] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setPaused(text), pauseMs)
    return () => clearTimeout(timer)
  }, [text])
  return paused
}
