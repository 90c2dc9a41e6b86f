import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { SelectField, TextField } from '../../../../ui/fields'
import styles from '../senders.module.css'
import type { FormProps } from './formProps'
import { useProblemText } from './useProblemText'

/** What changes the times of a pace, folded while all of it is as usual. */
export function ShapeSection({ form, change, problems, tried }: FormProps) {
  const t = useTranslations('senders')
  const textOf = useProblemText(tried)
  const { fields } = problems
  const isUsual = form.rampSeconds === '' && form.burst === '' && form.jitterPercent === ''
  const [wasUsual] = useState(isUsual)
  const isWrong = Boolean(fields.rampSeconds ?? fields.burst ?? fields.jitterPercent)
  return (
    <>
      <SelectField
        label={t('whenSlow')}
        value={form.whenSlow}
        options={(['skip', 'wait'] as const).map((value) => ({ value, label: t(`whenSlowKinds.${value}`) }))}
        onChange={(whenSlow) => change({ whenSlow })}
      />
      <details open={!wasUsual || (tried && isWrong) || undefined} className={styles.fold}>
        <summary>{t('shape')}</summary>
        <div className={styles.triple}>
          <TextField
            label={t('ramp')}
            value={form.rampSeconds}
            inputMode="decimal"
            mono
            placeholder={t('none')}
            error={textOf(fields.rampSeconds)}
            onChange={(rampSeconds) => change({ rampSeconds })}
          />
          <TextField
            label={t('burst')}
            value={form.burst}
            inputMode="numeric"
            mono
            placeholder={t('none')}
            error={textOf(fields.burst)}
            onChange={(burst) => change({ burst })}
          />
          <TextField
            label={t('jitter')}
            value={form.jitterPercent}
            inputMode="numeric"
            mono
            placeholder={t('none')}
            error={textOf(fields.jitterPercent)}
            onChange={(jitterPercent) => change({ jitterPercent })}
          />
        </div>
        <p className={styles.hint}>{t('shapeHint')}</p>
      </details>
    </>
  )
}
