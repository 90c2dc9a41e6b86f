import { useTranslations } from 'use-intl'
import { differencePath, type JsonDifference } from '../../../decode/json/jsonDifference'
import { useCopyText } from '../../../state/clipboard'
import { formatCount } from '../../../ui/format'
import { VisibleText } from '../../../ui/VisibleText'
import { FixedLines } from '../lines/FixedLines'
import { useLineScope } from '../lines/useLineScope'
import styles from './difference.module.css'

/** Of a path or a value; copying gives all of it. */
const inValue = { limit: 200, mostPieces: 3 }

interface ValueDifferencesProps {
  readonly differences: readonly JsonDifference[]
}

/** What changed in JSON, value by value. */
export function ValueDifferences({ differences }: ValueDifferencesProps) {
  const t = useTranslations('inspector')
  const copyText = useCopyText()
  const { attach } = useLineScope(() => void copyText(differences.map(textOf).join('\n')))
  return (
    <section className={styles.values} style={{ flexBasis: `${Math.min(differences.length, 12) * 18 + 42}px` }}>
      <p className={styles.valuesHead}>
        {t('changedValues')} <span className={styles.count}>{formatCount(differences.length)}</span>
      </p>
      <FixedLines
        label={t('changedValues')}
        count={differences.length}
        attach={attach}
        renderLine={(index) => {
          const one = differences[index]
          return one ? <ValueDifference difference={one} /> : null
        }}
      />
    </section>
  )
}

const signs = { changed: '~', added: '+', removed: '−', moved: '↕' } as const

function ValueDifference({ difference }: { readonly difference: JsonDifference }) {
  const { kind, way } = difference
  return (
    <span className={styles.value} data-change={kind}>
      <span className={styles.sign}>{signs[kind]}</span>
      <span className={styles.path}>
        <VisibleText text={differencePath(way)} {...inValue} />
      </span>{' '}
      {'before' in difference ? (
        <span className={styles.before}>
          <VisibleText text={difference.before} {...inValue} />
        </span>
      ) : null}
      {kind === 'changed' ? ' → ' : null}
      {'after' in difference ? (
        <span className={styles.after}>
          <VisibleText text={difference.after} {...inValue} />
        </span>
      ) : null}
    </span>
  )
}

const textOf = (difference: JsonDifference): string => {
  const path = differencePath(difference.way)
  if (difference.kind === 'changed') return `${path} ${difference.before} → ${difference.after}`
  return `${signs[difference.kind]} ${path} ${'after' in difference ? difference.after : difference.before}`
}
