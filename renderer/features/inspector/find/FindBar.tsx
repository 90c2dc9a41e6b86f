import { CaseSensitive, ChevronDown, ChevronUp, X } from 'lucide-react'
import { useEffect, useRef, type KeyboardEvent } from 'react'
import { useTranslations } from 'use-intl'
import { useApp } from '../../../state/useApp'
import { formatCount } from '../../../ui/format'
import { IconButton } from '../../../ui/IconButton'
import { TextField } from '../../../ui/fields'
import { inspectorState } from '../inspectorState'
import { useLandmarkName } from '../../../state/useLandmarkName'
import styles from './find.module.css'
import type { Find } from './useFind'

interface FindBarProps {
  readonly find: Find
  readonly onClose: () => void
}

/** What is looked for in the payload, and which of the hits is shown. */
export function FindBar({ find, onClose }: FindBarProps) {
  const t = useTranslations('inspector.find')
  const landmark = useLandmarkName(t('bar'))
  const { query, turn } = useApp(inspectorState, (state) => state.finding)
  const change = useApp(inspectorState, (state) => state.changeFind)
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    input.current?.focus()
    input.current?.select()
  }, [turn])
  const handleKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onClose()
    else if (event.key === 'Enter' && event.target === input.current) find.move(event.shiftKey ? -1 : 1)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div role="search" aria-label={landmark} className={styles.bar} onKeyDown={handleKey}>
      <div className={styles.field}>
        <TextField
          label={t('field')}
          hideLabel
          mono
          inputRef={input}
          value={query.text}
          placeholder={t('example')}
          onChange={(text) => change({ text })}
        />
      </div>
      <IconButton
        label={t('matchCase')}
        icon={<CaseSensitive size={16} />}
        pressed={query.matchCase}
        onClick={() => change({ matchCase: !query.matchCase })}
      />
      <span role="status" className={styles.count} data-found={find.count}>
        {query.text === '' ? null : <FoundCount find={find} />}
      </span>
      <IconButton
        label={t('previous')}
        icon={<ChevronUp size={14} />}
        disabled={find.count === 0}
        onClick={() => find.move(-1)}
      />
      <IconButton
        label={t('next')}
        icon={<ChevronDown size={14} />}
        disabled={find.count === 0}
        onClick={() => find.move(1)}
      />
      <IconButton label={t('close')} icon={<X size={14} />} onClick={onClose} />
    </div>
  )
}

function FoundCount({ find: { count, current, isLeast } }: Pick<FindBarProps, 'find'>) {
  const t = useTranslations('inspector.find')
  if (count === 0) return t('nothing')
  return t('count', { current: formatCount(current + 1), count: `${formatCount(count)}${isLeast ? '+' : ''}` })
}
