import { X } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { FoundTool } from '#shared/model/importPlan'
import { useApp } from '../../state/useApp'
import { Button } from '../../ui/Button'
import { CheckField } from '../../ui/fields'
import { IconButton } from '../../ui/IconButton'
import { importingState } from './importingState'
import styles from './importing.module.css'

/** Other tools that are on this computer, when somebody has looked. */
export function FoundTools() {
  const found = useApp(importingState, (state) => state.found)
  return found ? <FoundList key={found.map(({ id }) => id).join('\n')} found={found} /> : null
}

function FoundList({ found }: { readonly found: readonly FoundTool[] }) {
  const t = useTranslations('importing.found')
  const { readFound, hideFound } = useApp(importingState, (state) => state)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(found.map(({ id }) => id)))
  const toggle = (id: string, isChosen: boolean) =>
    setChosen((before) => new Set(isChosen ? [...before, id] : [...before].filter((one) => one !== id)))
  return (
    <section aria-label={t('title')} className={styles.found}>
      <div className={styles.foundHead}>
        <h3 className={styles.heading}>{t('title')}</h3>
        <IconButton label={t('hide')} icon={<X size={14} />} onClick={hideFound} />
      </div>
      {found.length === 0 ? (
        <p role="status">{t('none')}</p>
      ) : (
        <>
          <ul className={styles.foundTools}>
            {found.map(({ id, tool, path }) => (
              <li key={id}>
                <CheckField
                  label={tool}
                  checked={chosen.has(id)}
                  onChange={(isChosen) => toggle(id, isChosen)}
                  hint={<span className={styles.path}>{path}</span>}
                />
              </li>
            ))}
          </ul>
          <div className={styles.foundFoot}>
            <Button disabled={chosen.size === 0} onClick={() => void readFound([...chosen])}>
              {t('read', { count: chosen.size })}
            </Button>
            <p className={styles.hint}>{t('hint')}</p>
          </div>
        </>
      )}
    </section>
  )
}
