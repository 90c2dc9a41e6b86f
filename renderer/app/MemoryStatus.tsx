import { MemoryStick } from 'lucide-react'
import { useEffect, useId } from 'react'
import { useTranslations } from 'use-intl'
import { heldParts, processParts, type HeldMemory } from '#shared/model/memory'
import { useApp } from '../state/useApp'
import { windowState } from '../state/windowState'
import { formatBytes } from '../ui/format'
import { Tooltip } from '../ui/Tooltip'
import { memoryState, type MemoryView } from './memoryState'
import styles from './shell.module.css'

/** Counting the pages of all processes costs some milliseconds; whoever looks closer has it measured anew. */
const measureEveryMs = 10_000

/** Measured only while somebody can look at it. */
const useMemory = (): MemoryView | null => {
  const hidden = useApp(windowState, (state) => state.hidden)
  const measure = useApp(memoryState, (state) => state.measure)
  useEffect(() => {
    if (hidden) return
    void measure()
    const timer = setInterval(() => void measure(), measureEveryMs)
    return () => clearInterval(timer)
  }, [hidden, measure])
  return useApp(memoryState, (state) => state.memory)
}

interface Line {
  readonly label: string
  readonly value: string
  /** Stands within the line above that is no part. */
  readonly isPart: boolean
}

const useLines = ({ processes, held, log }: MemoryView): readonly Line[] => {
  const t = useTranslations('app')
  const used = ({ bytes, limitBytes }: HeldMemory) =>
    t('memoryUsed', { bytes: formatBytes(bytes), limit: formatBytes(limitBytes) })
  const within = {
    main: heldParts.map((part) => ({ label: t(`memoryHeld.${part}`), value: used(held[part]), isPart: true })),
    window: [{ label: t('memoryLogs'), value: used(log), isPart: true }],
    graphics: [],
    other: [],
  }
  return processParts.flatMap((part) => [
    { label: t(`memoryParts.${part}`), value: formatBytes(processes[part]), isPart: false },
    ...within[part],
  ])
}

/** For the eye; the button's description says the same. */
function MemoryParts({ lines, note }: { readonly lines: readonly Line[]; readonly note: string }) {
  return (
    <div aria-hidden>
      <dl className={styles.memoryParts}>
        {lines.map(({ label, value, isPart }) => (
          <div key={label} data-part={isPart}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className={styles.memoryNote}>{note}</p>
    </div>
  )
}

function MemoryTotal({ memory }: { readonly memory: MemoryView }) {
  const t = useTranslations('app')
  const id = useId()
  const lines = useLines(memory)
  const measure = useApp(memoryState, (state) => state.measure)
  const note = t(`memoryShared.${memory.shared}`)
  const total = formatBytes(processParts.reduce((sum, part) => sum + memory.processes[part], 0))
  return (
    <>
      <Tooltip text={<MemoryParts lines={lines} note={note} />} closeOnClick={false}>
        <button
          type="button"
          className={styles.memory}
          aria-label={t('memory', { total })}
          aria-describedby={id}
          onClick={() => void measure()}
          onPointerEnter={() => void measure()}
          onFocus={() => void measure()}
        >
          <MemoryStick size={12} aria-hidden /> {total}
        </button>
      </Tooltip>
      <span id={id} hidden>
        {[...lines.map(({ label, value }) => t('memoryLine', { label, value })), note].reduce((before, line) =>
          t('memoryNextLine', { lines: before, line }),
        )}
      </span>
    </>
  )
}

/** What the whole application uses; by part in the tooltip, which the focus opens too. */
export function MemoryStatus() {
  const memory = useMemory()
  return memory && <MemoryTotal memory={memory} />
}
