import { useTranslations } from 'use-intl'
import type { EncodingProblemCode } from '#shared/encoding/encodingFault'
import type { SchemaProblemCode } from '#shared/encoding/schemaFault'
import type { Rounded } from '#shared/encoding/encodedJson'
import type { PayloadProblem } from '#shared/model/composing'
import { lineAndColumn } from '#shared/mqtt/prettyJson'
import { visibleText } from '#shared/text/visibleText'
import styles from '../publish.module.css'

interface ProblemProps {
  readonly problem: PayloadProblem
  /** It is sent all the same. */
  readonly isWarning: boolean
  readonly text: string
  readonly onGo: () => void
}

/** Stands inside the editor's frame, below the text, so that the text does not move. */
export function ProblemLine({ problem, isWarning, text, onGo }: ProblemProps) {
  const t = useTranslations('publish')
  const reasonText = useReasonText()
  const place = t('position', lineAndColumn(text, problem.position))
  const reason = reasonText(problem)
  const consequence = isWarning ? ` ${t('sentAsTyped')}` : ''
  return (
    <button
      type="button"
      className={styles.problemLine}
      data-tone={isWarning ? 'warning' : 'danger'}
      title={`${place} ${reason}${consequence}`}
      onClick={onGo}
    >
      <span className={styles.place}>{place}</span> {reason}
      {consequence}
    </button>
  )
}

interface RoundedProps {
  readonly rounded: Rounded
  readonly text: string
  readonly onGo: () => void
}

/** Says in the place of a problem that digits are lost. */
export function RoundedLine({ rounded: { count, position }, text, onGo }: RoundedProps) {
  const t = useTranslations('publish')
  return (
    <button type="button" className={styles.problemLine} data-tone="warning" onClick={onGo}>
      <span className={styles.place}>{t('position', lineAndColumn(text, position))}</span>{' '}
      {t('rounded', { count, more: count - 1 })}
    </button>
  )
}

const useReasonText = () => {
  const t = useTranslations('publish')
  return ({ code, detail, name = '' }: PayloadProblem): string => {
    if (code === 'json') return t(`jsonProblems.${detail as 'unexpectedEnd'}`)
    if (code === 'encoding') return t(`encodingProblems.${detail as EncodingProblemCode}`)
    if (code === 'schema') return t(`schemaProblems.${detail as SchemaProblemCode}`, { name: visibleText(name) })
    return t(`payloadProblems.${code}`, { found: visibleText(detail) })
  }
}
