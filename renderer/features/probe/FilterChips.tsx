import { useTranslations } from 'use-intl'
import type { FilterPart } from '#shared/mqtt/filterExplanation'
import { VisibleText } from '../../ui/VisibleText'
import styles from './probe.module.css'

/** A hostile filter has up to 65,536 levels. */
const shownParts = 64

function PartChip({ part }: { readonly part: FilterPart }) {
  const t = useTranslations('probe')
  const { kind, text } = part
  return (
    <li className={styles.part} data-kind={kind} title={t(`kinds.${kind}`)}>
      <span className={styles.chip}>{text === '' ? t('emptyLevel') : <VisibleText text={text} />}</span>
      <span className="visually-hidden">: {t(`kinds.${kind}`)}</span>
    </li>
  )
}

/** The filter cut into its levels, each told apart by what it does. */
export function FilterChips({ parts }: { readonly parts: readonly FilterPart[] }) {
  const t = useTranslations('probe')
  const hidden = parts.length - shownParts
  return (
    <ol className={styles.parts} aria-label={t('levels')}>
      {parts.slice(0, shownParts).map((part) => (
        <PartChip key={part.start} part={part} />
      ))}
      {hidden > 0 ? <li className={styles.more}>{t('moreLevels', { count: hidden })}</li> : null}
    </ol>
  )
}
