import { useTranslations } from 'use-intl'
import type { Script } from '#shared/model/script'
import { useErrorText } from '../../i18n/useErrorText'
import { scriptsState, selectScriptRun } from '../../state/scripts'
import { useApp } from '../../state/useApp'
import { useConnectionObject } from '../../state/useConnection'
import { Button } from '../../ui/Button'
import { formatCount } from '../../ui/format'
import styles from './scripts.module.css'
import { Lines } from './try/TriedMessages'

interface LineProps {
  readonly script: Script
  readonly goTo: (line: number, column: number) => void
}

const counted = ['heard', 'sent', 'limited', 'failed'] as const

/** What a script did on this connection since it was started, why it failed last, and what it wrote. */
export function ScriptRunLine({ script, goTo }: LineProps) {
  const t = useTranslations('scripts')
  const errorText = useErrorText()
  const { id } = useConnectionObject()
  const run = useApp(scriptsState, selectScriptRun(id, script.id))
  if (!run) return null
  const { phase, counts, error, lines, isChanged } = run
  const line = Number(error?.values?.['line'])
  return (
    <div className={styles.run} role="status" data-phase={phase}>
      <span className={styles.phase} data-phase={phase}>
        <span className={styles.dot} data-phase={phase} aria-hidden />
        {t(`phases.${phase}`)}
      </span>
      <dl className={styles.numbers}>
        {counted.map((name) => (
          <div key={name} className={styles.number} title={t(`hints.${name}`)}>
            <dt>{t(`numbers.${name}`)}</dt>
            <dd data-number={name}>{formatCount(counts[name])}</dd>
          </div>
        ))}
      </dl>
      {isChanged && phase !== 'off' && phase !== 'stopped' ? (
        <span className={styles.changed}>{t('changed')}</span>
      ) : null}
      {error ? (
        <span className={styles.problem}>
          {errorText(error)}{' '}
          {line > 0 && error.code === 'scriptFailed' ? (
            <Button variant="quiet" onClick={() => goTo(line, Number(error.values?.['column']))}>
              {t('goTo', { line })}
            </Button>
          ) : null}
        </span>
      ) : null}
      {lines.length > 0 ? <Lines lines={lines.slice(-20)} /> : null}
    </div>
  )
}
