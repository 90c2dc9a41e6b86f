import { ChevronLeft, Plus, X } from 'lucide-react'
import { useId } from 'react'
import { useTranslations } from 'use-intl'
import { mostFronts } from '#shared/decoding/decodeAs'
import { fronts as allFronts } from '#shared/decoding/fronts'
import { IconButton } from '../../ui/IconButton'
import { MenuButton } from '../../ui/menus'
import styles from './schemas.module.css'

interface FrontProps {
  readonly fronts: readonly string[]
  readonly onChange: (fronts: readonly string[]) => void
}

/** The formats in front of a decoder, in the order in which they are opened. */
export function FrontFields({ fronts, onChange }: FrontProps) {
  const t = useTranslations('schemas')
  const headId = useId()
  const earlier = (at: number) =>
    onChange(
      fronts.map((front, index) =>
        index === at - 1 ? (fronts[at] ?? front) : index === at ? (fronts[at - 1] ?? front) : front,
      ),
    )
  return (
    <div className={styles.fronts}>
      <span id={headId} className={styles.fileLabel}>
        {t('fronts')}
      </span>
      <div className={styles.frontRow}>
        {fronts.length === 0 ? <span className={styles.later}>{t('noFronts')}</span> : null}
        <div role="list" aria-labelledby={headId} className={styles.frontList}>
          {fronts.map((front, at) => (
            <span key={at} role="listitem" className={styles.front}>
              {front}
              {at === 0 ? null : (
                <IconButton
                  label={t('frontEarlier', { name: front })}
                  icon={<ChevronLeft size={12} />}
                  onClick={() => earlier(at)}
                />
              )}
              <IconButton
                label={t('frontRemove', { name: front })}
                icon={<X size={12} />}
                onClick={() => onChange(fronts.toSpliced(at, 1))}
              />
            </span>
          ))}
        </div>
        <MenuButton
          label={t('addFront')}
          icon={<Plus size={14} />}
          disabled={fronts.length >= mostFronts}
          items={allFronts.map(({ name }) => ({ label: name, onSelect: () => onChange([...fronts, name]) }))}
        />
      </div>
    </div>
  )
}
