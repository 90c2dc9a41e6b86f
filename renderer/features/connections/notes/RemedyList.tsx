import { useTranslations } from 'use-intl'
import type { ConnectionFailure, Remedy } from '#shared/model/failure'
import { useCopyText } from '../../../state/clipboard'
import { useApp } from '../../../state/useApp'
import { Button } from '../../../ui/Button'
import { VisibleText } from '../../../ui/VisibleText'
import styles from './notes.module.css'
import { technicalState } from './technicalState'
import { useRemedyWords } from './useRemedies'

interface RemedyListProps {
  readonly failure: ConnectionFailure
  /** Does what a remedy's button says. */
  readonly act: (remedy: Remedy) => void
}

/** What may help against a failure, each with the button that does it, and the system's own words behind a fold. */
export function RemedyList({ failure, act }: RemedyListProps) {
  const t = useTranslations('connections')
  return (
    <>
      {failure.remedies.length > 0 ? (
        <ul className={styles.remedies} aria-label={t('whatMayHelp')}>
          {failure.remedies.map((remedy) => (
            <RemedyItem key={remedy.key} remedy={remedy} act={act} />
          ))}
        </ul>
      ) : null}
      {failure.technical === '' ? null : <TechnicalDetails technical={failure.technical} />}
    </>
  )
}

interface RemedyItemProps {
  readonly remedy: Remedy
  readonly act: (remedy: Remedy) => void
}

function RemedyItem({ remedy, act }: RemedyItemProps) {
  const words = useRemedyWords(remedy)
  return (
    <li className={styles.remedy}>
      <Button onClick={() => act(remedy)}>{words.action}</Button>
      <span>{words.why}</span>
    </li>
  )
}

function TechnicalDetails({ technical }: { readonly technical: string }) {
  const t = useTranslations('connections')
  const copyText = useCopyText()
  const { isOpen, setOpen } = useApp(technicalState, (state) => state)
  return (
    <details className={styles.technical} open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t('technical')}</summary>
      <code className="selectable">
        <VisibleText text={technical} />
      </code>
      <Button variant="quiet" onClick={() => void copyText(technical)}>
        {t('copyTechnical')}
      </Button>
    </details>
  )
}
